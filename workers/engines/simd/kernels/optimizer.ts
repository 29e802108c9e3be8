/** The end of a step: the tasks' gradients are added up, in their order, and the weights moved. */
import {
  STEP_CORRECTION_1,
  STEP_CORRECTION_2,
  STEP_DECAY,
  STEP_LEARNING_RATE,
  STEP_MOMENT_1,
  STEP_MOMENT_2,
} from './layout';
import { loadFew, storeColumns } from './vector';

/** Keeps Adam's quotient finite; as in Keras. */
const EPSILON: f32 = 1e-7;

/**
 * Adam (Kingma and Ba, 2014, arXiv:1412.6980), with decoupled weight decay where `decays`
 * (AdamW: Loshchilov and Hutter, 2017, arXiv:1711.05101), for `count` weights.
 */
export function updateAdam(
  weights: usize,
  count: i32,
  gradients: usize,
  taskCount: i32,
  taskBytes: i32,
  firstMoments: usize,
  secondMoments: usize,
  decays: bool,
  step: usize,
): void {
  const keep1 = f32.load(step, STEP_MOMENT_1);
  const keep2 = f32.load(step, STEP_MOMENT_2);
  const rate = f32.load(step, STEP_LEARNING_RATE);
  const scale = f32x4.splat(rate / f32.load(step, STEP_CORRECTION_1));
  const correction = f32x4.splat(f32.load(step, STEP_CORRECTION_2));
  const kept = f32x4.splat(decays ? 1 - rate * f32.load(step, STEP_DECAY) : 1);
  for (let left = count; left > 0; left -= 4) {
    const gradient = sumTasks(gradients, taskCount, taskBytes, left);
    const first = mix(loadFew(firstMoments, left), gradient, keep1);
    const second = mix(loadFew(secondMoments, left), f32x4.mul(gradient, gradient), keep2);
    const deviation = f32x4.add(f32x4.sqrt(f32x4.div(second, correction)), f32x4.splat(EPSILON));
    const change = f32x4.mul(f32x4.div(first, deviation), scale);
    storeFour(firstMoments, first, left);
    storeFour(secondMoments, second, left);
    storeFour(weights, f32x4.sub(f32x4.mul(loadFew(weights, left), kept), change), left);
    weights += 16;
    gradients += 16;
    firstMoments += 16;
    secondMoments += 16;
  }
}

/** Stochastic gradient descent with momentum: velocity = momentum · velocity + gradient. */
export function updateMomentum(
  weights: usize,
  count: i32,
  gradients: usize,
  taskCount: i32,
  taskBytes: i32,
  velocities: usize,
  decays: bool,
  step: usize,
): void {
  const momentum = f32x4.splat(f32.load(step, STEP_MOMENT_1));
  const rate = f32.load(step, STEP_LEARNING_RATE);
  const kept = f32x4.splat(decays ? 1 - rate * f32.load(step, STEP_DECAY) : 1);
  for (let left = count; left > 0; left -= 4) {
    const gradient = sumTasks(gradients, taskCount, taskBytes, left);
    const velocity = f32x4.add(f32x4.mul(loadFew(velocities, left), momentum), gradient);
    const change = f32x4.mul(velocity, f32x4.splat(rate));
    storeFour(velocities, velocity, left);
    storeFour(weights, f32x4.sub(f32x4.mul(loadFew(weights, left), kept), change), left);
    weights += 16;
    gradients += 16;
    velocities += 16;
  }
}

function sumTasks(gradients: usize, taskCount: i32, taskBytes: i32, left: i32): v128 {
  let sum = loadFew(gradients, left);
  for (let task = 1; task < taskCount; task++) {
    gradients += taskBytes;
    sum = f32x4.add(sum, loadFew(gradients, left));
  }
  return sum;
}

function mix(old: v128, value: v128, keep: f32): v128 {
  return f32x4.add(f32x4.mul(old, f32x4.splat(keep)), f32x4.mul(value, f32x4.splat(1 - keep)));
}

function storeFour(target: usize, values: v128, left: i32): void {
  storeColumns(target, values, values, min(left, 4));
}
