import '@testing-library/jest-dom';

// Nothing is laid out in tests, so nothing can be scrolled to; tests that ask where to replace it.
Element.prototype.scrollIntoView = () => undefined;
