/** A page of a runbook whose steps are ticked off one by one. */
export function Logo(props: { size: number }) {
  return (
    <svg
      width={props.size}
      height={props.size}
      viewBox="0 0 32 32"
      role="img"
      aria-label="Runbooks"
    >
      <rect x="4" y="2" width="24" height="28" rx="5" fill="#1f7a6d" />
      <path
        d="M9 10.5l2.2 2.2 3.6-4M9 20.5l2.2 2.2 3.6-4"
        fill="none"
        stroke="#ffffff"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path
        d="M18.5 11h5M18.5 21h5"
        stroke="#a9e5da"
        strokeWidth="2.2"
        strokeLinecap="round"
      />
    </svg>
  );
}
