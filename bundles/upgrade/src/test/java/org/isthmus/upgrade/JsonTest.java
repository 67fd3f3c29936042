package org.isthmus.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

/** What {@code l2tp:upgrade --json} prints is one document that any program can read. */
class JsonTest {

    @Test
    void aPlanWithoutAnOutcome() {
        Plan plan = new Plan(List.of(), List.of(), List.of(new Plan.Refusal("a", "a \"b\"\n", "\u00e9")), new Plan.Pause(20, true, ""));
        assertEquals("""
                {
                  "plan": {
                    "replaced": [],
                    "restarted": [],
                    "refusals": [
                      {
                        "bundle": "a",
                        "reason": "a \\"b\\"\\u000a",
                        "mend": "\\u00e9"
                      }
                    ],
                    "pause": {
                      "millis": 20,
                      "measured": true,
                      "packets": ""
                    }
                  },
                  "outcome": null
                }""", Json.of(new UpgradeCommand.Document(plan, null)));
    }

    @Test
    void anOutcomeInTheWordsOfTheConfiguration() {
        assertEquals("""
                {
                  "result": "rolled-back",
                  "reason": "",
                  "pauseMillis": 3,
                  "notes": []
                }""", Json.of(new Outcome(Outcome.Result.ROLLED_BACK, "", 3, List.of())));
    }
}
