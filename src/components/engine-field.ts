import { ENGINE_TITLES, rankEngines, type EngineChoice, type EngineSpeeds } from '../domain/engine';
import { renderChoiceField, type Choice } from './fields';
import { formatCount } from './format';

const ENGINES: readonly Choice<EngineChoice>[] = [
  ['auto', 'Automatic'],
  ['webgl', `${ENGINE_TITLES.webgl}, the graphics device`],
  ['simd', `${ENGINE_TITLES.simd}, all processor cores`],
  ['cpu', `${ENGINE_TITLES.cpu}, slow but everywhere`],
];

/** What a run is computed with. */
export function renderEngineField(
  engine: EngineChoice,
  speeds: EngineSpeeds | undefined,
  locked: boolean,
  change: (engine: EngineChoice) => void,
) {
  return renderChoiceField({
    id: 'engine',
    label: 'Runs on',
    choices: ENGINES,
    chosen: engine,
    hint: engine === 'auto' ? wordSpeeds(speeds) : '',
    disabled: locked,
    change,
  });
}

function wordSpeeds(speeds: EngineSpeeds | undefined): string {
  if (!speeds) return 'The fastest of this device; the first training finds out which.';
  const [fastest] = rankEngines(speeds);
  const speed = fastest && speeds.imagesPerSecond[fastest];
  if (!fastest || !speed) return 'This browser has no WebAssembly SIMD (2021): training is slow here.';
  return `${ENGINE_TITLES[fastest]} is the fastest here: about ${formatCount(speed)} images/s.`;
}
