package org.isthmus.protocol.wire;

/**
 * The value of a Result Code AVP (RFC 2661 section 4.4.2): why a tunnel or a session ends.
 *
 * <pre>
 * +---------------------+---------------------+------------------------+
 * | Result Code (2)     | Error Code (2, opt) | Error Message (opt) ...|
 * +---------------------+---------------------+------------------------+
 * </pre>
 *
 * @param scope   whether the numbers are those of StopCCN or of CDN
 * @param result  Result Code, 0 to 65535
 * @param error   Error Code, 0 to 65535; {@link #NO_ERROR} when the peer left it out
 * @param message what the sender adds in words, possibly empty
 */
public record ResultCode(Scope scope, int result, int error, String message) {

    /** No Error Code field, or the code "no general error". */
    public static final int NO_ERROR = 0;

    /** Which message carries the code, since the same number means different things. */
    public enum Scope {
        /** StopCCN. */
        TUNNEL,
        /** CDN. */
        SESSION
    }

    /** A StopCCN code without an Error Code. */
    public static ResultCode of(StopResult result, String message) {
        return new ResultCode(Scope.TUNNEL, result.code(), NO_ERROR, message);
    }

    /** A StopCCN code "general error". */
    public static ResultCode ofTunnel(ErrorCode error, String message) {
        return new ResultCode(Scope.TUNNEL, StopResult.GENERAL_ERROR.code(), error.code(), message);
    }

    /** A CDN code without an Error Code. */
    public static ResultCode of(CallResult result, String message) {
        return new ResultCode(Scope.SESSION, result.code(), NO_ERROR, message);
    }

    /** A CDN code "disconnected for the reason in the error code". */
    public static ResultCode ofSession(ErrorCode error, String message) {
        return new ResultCode(Scope.SESSION, CallResult.GENERAL_ERROR.code(), error.code(), message);
    }

    /** What it means, for an operator: result, error if any, and the sender's own words if any. */
    public String words() {
        StringBuilder text = new StringBuilder(resultWords()).append(" (").append(result);
        if (error != NO_ERROR) {
            text.append('/').append(error);
        }
        text.append(')');
        if (error != NO_ERROR) {
            text.append(": ").append(errorWords());
        }
        if (!message.isEmpty()) {
            text.append(", \"").append(message).append('"');
        }
        return text.toString();
    }

    private String resultWords() {
        return scope == Scope.TUNNEL ? words(StopResult.class, result) : words(CallResult.class, result);
    }

    private String errorWords() {
        if (scope == Scope.TUNNEL && result == StopResult.VERSION_UNSUPPORTED.code()) {
            return "highest version supported is " + (error > 255 ? error >> 8 : error);
        }
        return words(ErrorCode.class, error);
    }

    private static <E extends Enum<E> & WireCode> String words(Class<E> codes, int code) {
        return WireCode.of(codes, code).map(WireCode::words).orElse("unknown code");
    }
}
