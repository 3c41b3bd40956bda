export * from './model';
export { readRunbook } from './readRunbook';
export { findReviewProblems } from './problems/findReviewProblems';
export {
  judgeExpectation,
  type JudgedCheck,
} from './expectations/judgeExpectation';
