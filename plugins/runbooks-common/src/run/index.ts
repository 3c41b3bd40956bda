export * from './model';
export * from './refusal';
export * from './applyRunEvent';
export * from './decideRun';
export * from './decideWork';
export * from './actionsOf';
export * from './summarize';
export * from './foundNothing';
