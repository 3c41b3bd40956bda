export { judgeStep } from './judgeStep';
export type { JudgedStep, JudgeStepInput } from './judgeStep';
