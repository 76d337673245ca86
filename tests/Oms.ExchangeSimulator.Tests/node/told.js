'use strict';

// What every client's script needs: to wait for what must come true, and to tell its result.

const PATIENCE_MS = 15_000;
const POLL_MS = 20;
const RUN_MS = 25_000;

/** Asks until the answer is something; fails with the expectation's name when it never is. */
async function until(expectation, ask) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (answer) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`never: ${expectation}`);
    }
    await new Promise((resolve) => { setTimeout(resolve, POLL_MS); });
  }
}

/** Runs a script to its end: one line of JSON on the output and 0, or what went wrong and 1. */
function report(run) {
  const fail = (error) => process.stderr.write(`${error?.stack ?? JSON.stringify(error)}\n`, () => process.exit(1));
  process.on('uncaughtException', fail);
  setTimeout(() => fail(new Error('never: the end of the script')), RUN_MS).unref();
  run().then((result) => process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0)), fail);
}

module.exports = { until, report };
