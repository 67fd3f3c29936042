#!/usr/bin/env bash
# Plugins of a vendor's: the examples of bundles/examples are dropped into deploy/ of appliances that run, as bundles and as KARs, are
# picked up, serve sessions, are updated and taken away again. No tunnel is lost. Bundles that lack something say what.
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
. "$root/itests/lib/plugins.sh"
isolate "$@"
two_hosts
examples=$root/bundles/examples
example() { ls "$examples/$1/target/$1"-[0-9]*."$2"; }

lns_conf() {
  cat <<CONF
system { host_name lns
  dataplane $1 }
peer profile "all" { peer_ipaddr 192.0.2.0/24
  ppp_profile "pap" }
ppp profile "pap" { auth_mschapv2 no
  auth_mschapv1 no
  auth_chap no
  ip_pool_name "users" }
ippool "users" { range 10.9.0.2-10.9.0.250
  gateway 10.9.0.1 }
CONF
}
lac_conf() {
  cat <<CONF
system { host_name lac
  dataplane user }
tunnel "office" { peer 192.0.2.1
  persist yes
  session "alice" { user_name "alice"
    user_password "wonderland" } }
CONF
}
lns_conf user | appliance_with_deploy lns here 'nobody * "x"'
printf 'site = ams1\nrack = 12\n' >"$work/sitetags.cfg"
lac_conf | appliance_with_deploy lac there 'nobody * "x"'

tunnel_up() { has lac "tunnel-show office --json" '"state":"established"'; }
wait_for 30 tunnel_up
since=$(l2tp lac tunnel-show office --json | grep -o '"upSince"[^,]*')
session_up() { has lac "session-list --json" '"phase":"network"'; }
pings() { quietly there ping -c 1 -W 1 10.9.0.1; }

say "an authenticator, as a bundle"
! session_up || fail "somebody is let in without the authenticator"
python3 - >"$work/lns/etc/l2tp-htpasswd" <<'PY'
import base64, hashlib
salt = b"isthmus"
hash = hashlib.pbkdf2_hmac("sha256", b"wonderland", salt, 1000)
print("alice:pbkdf2$1000$%s$%s" % (base64.b64encode(salt).decode(), base64.b64encode(hash).decode()))
PY
deploy "$(example htpasswd jar)" lns
wait_for 20 plugged lns htpasswd authenticator
wait_for 90 session_up
wait_for 10 pings
plugins lns | grep -q '^authenticator|htpasswd|[^|]*|[1-9][0-9]*|0|' || fail "its calls are not counted: $(plugins lns)"

say "a listener, as a KAR, which lacks its configuration at first"
here python3 - "$work/posted" <<'PY' &
import http.server, sys
class Hook(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        with open(sys.argv[1], "a") as out: out.write(body + "\n")
        self.send_response(204); self.end_headers()
    def log_message(self, *ignored): pass
http.server.HTTPServer(("127.0.0.1", 8080), Hook).serve_forever()
PY
deploy "$(example webhook kar)" lns
wait_for 30 plugged lns org.isthmus.examples.webhook 'not plugged in'
wait_for 10 logged lns "has no configuration: write etc/org.isthmus.examples.webhook.cfg"
echo 'url = http://127.0.0.1:8080/hook' >"$work/lns/etc/org.isthmus.examples.webhook.cfg"
wait_for 20 plugged lns org.isthmus.examples.webhook.WebhookListener listener
wait_for 10 unplugged lns org.isthmus.examples.webhook 'not plugged in'

say "AVPs of a vendor, as a KAR at one end and as a bundle at the other"
cp "$work/sitetags.cfg" "$work/lac/etc/org.isthmus.examples.sitetags.cfg"
sed 's/ams1/fra2/' "$work/sitetags.cfg" >"$work/lns/etc/org.isthmus.examples.sitetags.cfg"
deploy "$(example site-tags kar)" lac
deploy "$(example site-tags jar)" lns
wait_for 30 plugged lac site-tags quirk
wait_for 30 plugged lns site-tags quirk
l2tp lac tunnel-create second peer=192.0.2.1 --wait 10 >/dev/null
wait_for 10 logged lns "lac is at site ams1, rack 12"
wait_for 10 logged lac "lns is at site fra2, rack 12"
posted() { grep -q "$1" "$work/posted"; }
wait_for 10 posted '"event":"TUNNEL_UP".*"peerHostName":"lac"'
l2tp lac tunnel-delete second >/dev/null
wait_for 10 posted '"event":"TUNNEL_DOWN"'

say "a data plane, as a bundle: the tunnel moves to it while it is up"
deploy "$(example recorder jar)" lns
wait_for 20 plugged lns recorder 'data plane'
lns_conf recorder | write lns
on_recorder() { has lns "system-show --json" '"dataplane":"recorder"'; }
wait_for 20 on_recorder
wait_for 10 pings
for i in 1 2 3; do there ping -c 1 -W 2 10.9.0.1 >/dev/null; done
recorded() { [ "$(stat -c %s "$work/lns/data/recorder.pcap")" -gt 500 ]; }
wait_for 10 recorded
if command -v tshark >/dev/null; then
  ping_recorded() { tshark -r "$work/lns/data/recorder.pcap" -Y l2tp 2>/dev/null | grep ICMP >/dev/null; }
  wait_for 10 ping_recorded
fi

say "it is taken away while it serves: sessions wait, and go on with another one"
rm "$work/lns/deploy/$(basename "$(example recorder jar)")"
wait_for 20 unplugged lns recorder
wait_for 30 logged lns 'there is no data plane "recorder"'
lns_conf user | write lns
wait_for 30 pings

say "a newer version of a plugin takes the place of the old one"
python3 "$root/itests/lib/jar.py" version "$(example htpasswd jar)" "$work/$(basename "$(example htpasswd jar)")" 1.0.77
deploy "$work/$(basename "$(example htpasswd jar)")" lns
newer() { plugins lns | grep -q '^authenticator|htpasswd|1.0.77|'; }
wait_for 20 newer

say "bundles that lack something say what, and what to do"
faulty() { # faulty NAME IMPORTS
  python3 - "$work/$1.jar" "$1" "$2" <<'PY'
import sys, zipfile
manifest = ("Manifest-Version: 1.0\r\nBundle-ManifestVersion: 2\r\nBundle-SymbolicName: com.example.%s\r\nBundle-Version: 1.0.0\r\n"
            % sys.argv[2])
line = "Import-Package: " + sys.argv[3]
manifest += "\r\n ".join(line[i:i + 60] for i in range(0, len(line), 60)) + "\r\n"
with zipfile.ZipFile(sys.argv[1], "w") as jar: jar.writestr("META-INF/MANIFEST.MF", manifest)
PY
  deploy "$work/$1.jar" lns
}
faulty needy 'org.isthmus.api;version="[1.0,2)",com.example.codec;version="[2.1,3)"'
faulty foreign 'org.isthmus.api.auth;version="[9.0,10)"'
wait_for 30 plugged lns com.example.needy 'not plugged in'
wait_for 30 plugged lns com.example.foreign 'not plugged in'
needs_codec() { log lns | grep 'com.example.needy 1.0.0 is not plugged in: it cannot be resolved: there is no package com.example.codec \[2.1' >/dev/null; }
wait_for 10 needs_codec
wait_for 10 logged lns "it was made for another version of Isthmus"
rm "$work/lns/deploy/needy.jar" "$work/lns/deploy/foreign.jar"
wait_for 20 unplugged lns com.example.needy
wait_for 20 unplugged lns com.example.foreign

say "all are taken away again"
rm "$work"/lns/deploy/*.jar "$work"/lns/deploy/*.kar "$work"/lac/deploy/*.kar
wait_for 30 unplugged lns htpasswd
wait_for 30 unplugged lns org.isthmus.examples.webhook.WebhookListener
wait_for 30 unplugged lns site-tags
wait_for 30 unplugged lac site-tags

[ "$(l2tp lac tunnel-show office --json | grep -o '"upSince"[^,]*')" = "$since" ] || fail "the tunnel was lost"
session_up || fail "the session was lost"
wait_for 10 pings
! log lac | grep 'tunnel.* is down' | grep -v second || fail "a tunnel was lost"
echo "plugins come, serve and go"
