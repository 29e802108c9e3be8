import { toBase64 } from '../domain/base64';
import { encodeGreyPng } from '../domain/png';
import { TASK_KINDS, TASKS, type StressPlan, type TaskKind } from '../domain/stress-plan';
import { deadlineOf, SMALL_RETRAIN, stressDigits } from './tasks';

/** Different digits that are sent: enough for a cache of answers to be of little use, few enough to be read past. */
const DIGIT_COUNT = 20;

/** What each task sends, as Python. */
const CALLS: Readonly<Record<TaskKind, string>> = {
  'predict-drawn': 'files=digit()',
  'predict-upload': 'files=digit()',
  'bad-request': 'files={"note": (None, "no file")}',
  'small-retrain': 'json=RETRAIN',
};

/** The same test for Locust itself, on as many machines as it takes: `locust -f locustfile.py`. */
export function writeLocustfile(plan: StressPlan): string {
  const digits = stressDigits().slice(0, DIGIT_COUNT).map(encodeGreyPng);
  const tasks = TASK_KINDS.filter((kind) => plan.weights[kind] > 0);
  return `"""A load test made by Inkling. Run it with: locust -f locustfile.py --host http://127.0.0.1:5000"""
import base64
import random

from locust import HttpUser, LoadTestShape, between, constant_throughput, task  # noqa: F401

# Digits of 28 x 28 pixels, as PNG files.
DIGITS = [
${digits.map((png) => `    "${toBase64(png)}",`).join('\n')}
]
RETRAIN = ${pythonJson(SMALL_RETRAIN)}


def digit():
    """The form of one of the digits: the field that POST /predict reads."""
    return {"file": ("digit.png", base64.b64decode(random.choice(DIGITS)), "image/png")}


def expect(response, *statuses):
    """A status that is as it should be is a success, also where it is an error's."""
    if response.status_code in statuses:
        response.success()
    elif response.status_code:
        response.failure("%d %s" % (response.status_code, response.reason))
    # No status, no answer: Locust itself tells why.


class InklingUser(HttpUser):
${waitTime(plan)}
${tasks.map((kind) => taskMethod(kind, plan)).join('\n')}

class InklingShape(LoadTestShape):
    """Durations count from the beginning of the test, in seconds."""

    stages = [
${plan.stages.map(stageLine).join('\n')}
    ]

    def tick(self):
        run_time = self.get_run_time()
        for stage in self.stages:
            if run_time < stage["duration"]:
                return (stage["users"], stage["spawn_rate"])
        return None
`;
}

function waitTime({ model, thinkMs: [least, most] }: StressPlan): string {
  if (model === 'open') {
    return `    # As an open test: a request a second of each user, as long as its answers take no longer than that.
    wait_time = constant_throughput(1)
`;
  }
  return `    wait_time = between(${least / 1000}, ${most / 1000})\n`;
}

/** Weights of Locust are whole numbers. Its timeouts, in seconds, are those of connecting and of silence. */
function taskMethod(kind: TaskKind, plan: StressPlan): string {
  const { title, path, name, expected } = TASKS[kind];
  const seconds = deadlineOf(kind, plan) / 1000;
  return `    @task(${Math.max(1, Math.round(plan.weights[kind]))})
    def ${kind.replaceAll('-', '_')}(self):
        """${title}."""
        with self.client.post("/${path}", ${CALLS[kind]}, name="${name}", timeout=${seconds}, catch_response=True) as response:
            expect(response, ${expected.join(', ')})
`;
}

function stageLine({ duration, users, spawnRate }: StressPlan['stages'][number]): string {
  return `        {"duration": ${duration}, "users": ${users}, "spawn_rate": ${spawnRate}},`;
}

function pythonJson(value: object): string {
  return JSON.stringify(value).replaceAll('":', '": ').replaceAll(',"', ', "');
}
