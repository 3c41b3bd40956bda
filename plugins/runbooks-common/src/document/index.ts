export * from './model';
export { readRunbook } from './readRunbook';
export {
  judgeExpectation,
  type JudgedCheck,
} from './expectations/judgeExpectation';
