import { toBase64 } from '../domain/base64';
import { encodeGreyPng } from '../domain/png';
import { TASK_KINDS, TASKS, type StressPlan, type TaskKind } from '../domain/stress-plan';
import { SMALL_RETRAIN, stressDigits } from './tasks';

/** The body of each task, as Python. */
const BODIES: Readonly<Record<TaskKind, string>> = {
  'predict-drawn': `        with self.client.post("/predict", data=PIXELS, headers={"Content-Type": "application/octet-stream"}, name="/predict [drawn]", catch_response=True) as response:
            expect(response, 200)`,
  'predict-upload': `        files = {"file": ("digit.png", PNG, "image/png")}
        with self.client.post("/predict", files=files, name="/predict [upload]", catch_response=True) as response:
            expect(response, 200)`,
  'bad-request': `        with self.client.post("/predict", files={"note": (None, "no file")}, name="/predict [no file]", catch_response=True) as response:
            expect(response, 400)`,
  'small-retrain': `        with self.client.post("/retrain", json=RETRAIN, name="/retrain [small]", catch_response=True) as response:
            expect(response, 200, 202)`,
};

/** The same test for Locust itself, on as many machines as it takes: `locust -f locustfile.py`. */
export function writeLocustfile(plan: StressPlan): string {
  const digit = stressDigits()[0]!;
  const tasks = TASK_KINDS.filter((kind) => plan.weights[kind] > 0);
  return `"""A load test made by Inkling. Run it with: locust -f locustfile.py --host http://127.0.0.1:5000"""
import base64

from locust import HttpUser, LoadTestShape, between, constant_throughput, task  # noqa: F401

# One digit: 28 x 28 bytes, and the same as a PNG.
PIXELS = base64.b64decode(
    "${toBase64(digit)}"
)
PNG = base64.b64decode(
    "${toBase64(encodeGreyPng(digit))}"
)
RETRAIN = ${pythonJson(SMALL_RETRAIN)}


def expect(response, *statuses):
    """A status that is as it should be is a success, also where it is an error's."""
    if response.status_code in statuses:
        response.success()
    else:
        response.failure("%d %s" % (response.status_code, response.reason))


class InklingUser(HttpUser):
${waitTime(plan)}
${tasks.map((kind) => taskMethod(kind, plan.weights[kind])).join('\n')}

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
    return `    # An open test: as many requests a second as there are users.
    wait_time = constant_throughput(1)
`;
  }
  return `    wait_time = between(${least / 1000}, ${most / 1000})\n`;
}

/** Weights of Locust are whole numbers. */
function taskMethod(kind: TaskKind, weight: number): string {
  return `    @task(${Math.max(1, Math.round(weight))})
    def ${kind.replaceAll('-', '_')}(self):
        """${TASKS[kind].title}."""
${BODIES[kind]}
`;
}

function stageLine({ duration, users, spawnRate }: StressPlan['stages'][number]): string {
  return `        {"duration": ${duration}, "users": ${users}, "spawn_rate": ${spawnRate}},`;
}

function pythonJson(value: object): string {
  return JSON.stringify(value).replaceAll('":', '": ').replaceAll(',"', ', "');
}
