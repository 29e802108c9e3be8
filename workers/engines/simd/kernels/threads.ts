/** How threads work through a program together, over the control block that they share. */
import {
  CONTROL_ARRIVED,
  CONTROL_NEXT_TASK,
  CONTROL_PHASE,
  CONTROL_SLEEPERS,
  CONTROL_SPINS,
  CONTROL_START,
} from './layout';

/** Takes the next task of the phase; which thread takes which changes nothing in the result. */
export function takeTask(control: usize): i32 {
  return atomic.add<i32>(control + CONTROL_NEXT_TASK, 1);
}

/** Waits until all threads have done the phase's tasks. The last one to come opens the next phase. */
export function endPhase(control: usize, threads: i32): void {
  if (threads === 1) {
    store<i32>(control + CONTROL_NEXT_TASK, 0);
    return;
  }
  const phase = atomic.load<i32>(control + CONTROL_PHASE);
  if (atomic.add<i32>(control + CONTROL_ARRIVED, 1) === threads - 1) {
    store<i32>(control + CONTROL_ARRIVED, 0);
    store<i32>(control + CONTROL_NEXT_TASK, 0);
    change(control, control + CONTROL_PHASE, phase + 1);
  } else {
    waitWhile(control, control + CONTROL_PHASE, phase);
  }
}

/** Wakes the threads that wait for a program. */
export function announceStart(control: usize): void {
  const address = control + CONTROL_START;
  change(control, address, atomic.load<i32>(address) + 1);
}

/** Waits for a program that comes after number `seen`; returns its number. */
export function awaitStart(control: usize, seen: i32): i32 {
  waitWhile(control, control + CONTROL_START, seen);
  return atomic.load<i32>(control + CONTROL_START);
}

function change(control: usize, address: usize, value: i32): void {
  atomic.store<i32>(address, value);
  // Waking is expensive; whoever goes to sleep after this sees the new value and does not.
  if (atomic.load<i32>(control + CONTROL_SLEEPERS) > 0) atomic.notify(address, -1);
}

/** Looks a while, for most waits are short; then sleeps. */
function waitWhile(control: usize, address: usize, value: i32): void {
  for (let spins = load<i32>(control + CONTROL_SPINS); spins > 0; spins--) {
    if (atomic.load<i32>(address) !== value) return;
  }
  atomic.add<i32>(control + CONTROL_SLEEPERS, 1);
  while (atomic.load<i32>(address) === value) atomic.wait<i32>(address, value, -1);
  atomic.sub<i32>(control + CONTROL_SLEEPERS, 1);
}
