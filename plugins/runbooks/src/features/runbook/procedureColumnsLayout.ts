/** Widths of the columns in which procedures are listed on wide screens. */
export const PROCEDURE_COLUMNS = 'minmax(0, 1fr) 96px 132px 64px 188px';
