/** An open book with a prompt on its page. */
export function RunbooksIcon() {
  return (
    <svg
      viewBox="0 0 24 24"
      width="1em"
      height="1em"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      <path d="M12 6.5C10.2 5.2 7.6 4.6 3.5 4.6v13.6c4.1 0 6.7.6 8.500 1.900 1.800-1.300 4.400-1.900 8.500-1.900V4.600c-4.100 0-6.700.600-8.500 1.900z" />
      <path d="M12 6.500v13.600" />
      <path d="M6 9.500l2.200 2L6 13.500" />
      <path d="M15.300 13.500h2.700" />
    </svg>
  );
}
