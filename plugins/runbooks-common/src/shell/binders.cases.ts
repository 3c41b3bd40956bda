/** A way of bash to bind a variable. */
export interface Binder {
  /** `SHOW` stands where the variable is bound; a line break as in bash. */
  text: string;
  /** The variable, where it is not PATH. */
  name?: string;
}

const PATHS = String.raw`
for PATH in bin; do SHOW; done
for PATH; do SHOW; done
for ((PATH=0; PATH<1; PATH++)); do SHOW; done
select PATH in bin; do SHOW; break; done <<< 1
while read -r PATH; do SHOW; done <<< bin
until ! read -r PATH; do SHOW; done <<< bin
read -r PATH <<< bin; SHOW
read -p '> ' -t 9 A PATH <<< 'a bin'; SHOW
read -a PATH <<< bin; SHOW
read -raPATH <<< bin; SHOW
read -- PATH <<< bin; SHOW
read 'PATH[0]' <<< bin; SHOW
command read -r PATH <<< bin; SHOW
builtin read -r PATH <<< bin; SHOW
\read -r PATH <<< bin; SHOW
'read' -r PATH <<< bin; SHOW
R=read; $R -r PATH <<< bin; SHOW
if read -r PATH; then SHOW; fi <<< bin
{ read -r PATH; SHOW; } <<< bin
(read -r PATH; SHOW) <<< bin
f() { read -r PATH; }; f <<< bin; SHOW
case x in x) read -r PATH <<< bin; SHOW;; esac
printf '%s' "$(read -r PATH <<< bin; SHOW)"
printf bin | { read -r PATH; SHOW; }
mapfile PATH <<< bin; SHOW
mapfile -t -n 1 PATH <<< bin; SHOW
readarray -tn1 PATH <<< bin; SHOW
printf -v PATH bin; SHOW
printf -vPATH bin; SHOW
printf -v A -v PATH bin; SHOW
printf -v 'PATH[0]' bin; SHOW
printf 'x%n' PATH; SHOW
printf '%s%-3ln' x PATH; SHOW
getopts a PATH -a; SHOW
: & wait -n -p PATH; SHOW
: & wait -nfpPATH; SHOW
f() { local PATH=bin; SHOW; }; f
f() { local PATH; SHOW; }; f
f() { declare PATH; SHOW; }; f
f() { typeset PATH=bin; SHOW; }; f
f() { local x=1 PATH+=bin; SHOW; }; f
declare PATH=bin; SHOW
declare -u PATH=bin; SHOW
export PATH=bin; SHOW
export -n PATH; SHOW
unset PATH; SHOW
unset -v A PATH; SHOW
PATH=bin; SHOW
PATH+=bin; SHOW
PATH[0]=bin; SHOW
coproc PATH { :; }; SHOW
exec {PATH}> /dev/null; SHOW
{ SHOW; } {PATH}> /dev/null
: {PATH}<<< x; SHOW
((PATH=1)); SHOW
((PATH=0, PATH++)); SHOW
let PATH=1; SHOW
let 'PATH = 1'; SHOW
: $((PATH=1)); SHOW
: $[PATH=1]; SHOW
[[ PATH=1 -eq 1 ]]; SHOW
A=abc; : ${'$'}{A:PATH=1}; SHOW
A[PATH=1]=x; SHOW
declare -n A=PATH; A=bin; SHOW
declare -n A; A=PATH; A=bin; SHOW
f() { local -n A=PATH; A=bin; }; f; SHOW
A=PATH; printf -v "$A" bin; SHOW
A=PATH; read -r "$A" <<< bin; SHOW
A=PATH; declare "$A=bin"; SHOW
A=PATH; export "$A=bin"; SHOW
A=PATH; unset "$A"; SHOW
A=$(printf PATH); printf -v "$A" bin; SHOW
A=$(printf PATH); read -r $A <<< bin; SHOW
A=$(printf PATH); declare "$A=bin"; SHOW
A=$(printf PATH); export $A=bin; SHOW
A=$(printf PATH); readarray "$A" <<< bin; SHOW
A=$(printf PATH); getopts a "$A" -a; SHOW
A=$(printf PATH); unset "$A"; SHOW
export $(printf PATH=bin); SHOW
eval 'read -r PATH <<< bin'; SHOW
eval 'for PATH in bin; do :; done'; SHOW
trap 'read -r PATH <<< bin' DEBUG; :; SHOW
A='read -r PATH'; eval "$A <<< bin"; SHOW
`;

const OTHERS: ReadonlyArray<Required<Binder>> = [
  ...['HOME', 'KUBECONFIG', 'IFS', 'GLOBIGNORE', 'BASH_ENV'].map(name => ({
    name,
    text: `for ${name} in x; do SHOW; done`,
  })),
  {
    name: 'KUBECTL_EXTERNAL_DIFF',
    text: 'read -r KUBECTL_EXTERNAL_DIFF <<< x; SHOW',
  },
  { name: 'LD_AUDIT', text: 'set -a; read -r LD_AUDIT <<< x; SHOW' },
  {
    name: 'KUBECTL_EXTERNAL_DIFF',
    text: ': ${KUBECTL_EXTERNAL_DIFF:=x}; SHOW',
  },
  { name: 'KUBECTL_EXTERNAL_DIFF', text: ': ${KUBECTL_EXTERNAL_DIFF=x}; SHOW' },
  { name: 'TAR_OPTIONS', text: 'A=TAR_OPTIONS; : ${!A:=x}; SHOW' },
  { name: 'BASH_CMDS', text: 'BASH_CMDS[kubectl]=bin/kubectl; SHOW' },
  { name: 'BASH_CMDS', text: "printf -v 'BASH_CMDS[kubectl]' x; SHOW" },
  { name: 'BASH_CMDS', text: "read -r 'BASH_CMDS[kubectl]' <<< x; SHOW" },
  { name: 'EXECIGNORE', text: 'EXECIGNORE=/opt/*; SHOW' },
  { name: 'CDPATH', text: 'CDPATH=/opt; SHOW' },
  { name: 'KUBECONFIG', text: 'export KUBECONFIG=other; SHOW' },
  { name: 'HOME', text: 'HOME=other; SHOW' },
  { name: 'HELM_DATA_HOME', text: 'export HELM_DATA_HOME=x; SHOW' },
];

/** Every way of bash to bind a variable, with one that decides what later commands are. */
export const BINDERS: readonly Binder[] = [
  ...PATHS.trim()
    .split('\n')
    .map(text => ({ text })),
  ...OTHERS,
];

/** Content that arithmetic evaluates: the text does not tell what it binds, and is judged by that. */
export const EVALUATED_BINDERS: readonly Binder[] = [
  'A=PATH=1; ((A)); SHOW',
  'A=PATH=1; [[ A -gt 0 ]]; SHOW',
  'A=PATH=1; L[A]=x; SHOW',
  'A=PATH=1 B=abc; : ${B:A}; SHOW',
].map(text => ({ text }));

/** What stands next to them and steers nothing. */
export const HARMLESS_BINDERS: readonly string[] = String.raw`
for NAME in a b; do SHOW; done
while IFS=, read -r NAME VALUE; do SHOW; done <<< a,b
read -r NAME <<< x; SHOW
mapfile -t NAMES <<< x; SHOW
printf -v NAME '%s' "$PATH"; SHOW
printf '%s\n' "$PATH" PATH; SHOW
printf '100%%n %s' PATH; SHOW
echo "${'$'}{PATH:-none}"; SHOW
PATH="$PATH:/opt/tools"; export PATH; SHOW
readonly PATH; SHOW
unset KUBECONFIG IFS; SHOW
export KUBECONFIG; export KUBECONFIG=~/.kube/config; SHOW
KUBECONFIG="$KUBECONFIG"; SHOW
f() { local IFS=,; local NAME=1; SHOW; }; f
declare -A MAP; MAP[a]=1; SHOW
(( COUNT += 1 )); SHOW
exec {OUT}> file; SHOW
`
  .trim()
  .split('\n');
