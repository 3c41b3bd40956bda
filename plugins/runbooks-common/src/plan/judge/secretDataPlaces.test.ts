import { INVENTORY } from '../testUtils/inventory';
import { judgeText } from './testUtils/judgeText';

const PW = 'RUNBOOKS_P_PW';

const impossible = (text: string) =>
  judgeText(
    text,
    {},
    {
      hidden: [PW, 'LEFT'],
      inventory: { ...INVENTORY, hasTool: () => true, hasNetwork: true },
    },
  ).impossible;

describe('a secret value in the text of another language', () => {
  it.each([
    // SQL: x'; DROP TABLE orders; --
    `psql -c "ALTER USER web PASSWORD '\${${PW}}'"`,
    `kubectl exec web -- psql -c "ALTER USER web PASSWORD '$LEFT'"`,
    `psql -v pw="$LEFT" -c "ALTER USER web PASSWORD :'pw'"`,
    `psql -v pw="$LEFT" -f change.sql`,
    `psql -v pw="$LEFT" < change.sql`,
    `psql -v pw="$LEFT" <<'X'\nALTER USER web PASSWORD :pw;\nX\n`,
    `psql -v pw="$LEFT" <<'X'\nALTER USER :"pw" PASSWORD 'x';\nX\n`,
    `psql -v pw="$LEFT" <<'X'\nSELECT :'pw' \\gexec\nX\n`,
    `psql -v pw="$LEFT" <<'X'\nSELECT query_to_xml(:'pw', true, true, '');\nX\n`,
    `psql -v "$LEFT" <<'X'\nALTER USER web PASSWORD :'pw';\nX\n`,
    `psql -v ON_ERROR_STOP="1$LEFT" <<'X'\nALTER USER web PASSWORD :'pw';\nX\n`,
    `psql -v AUTOCOMMIT="$LEFT" <<'X'\nALTER USER web PASSWORD 'x';\nX\n`,
    `psql -v ON_ERROR_STOP="$LEFT" <<'X'\nALTER USER web PASSWORD 'x';\nX\n`,
    `psql --set=PROMPT1="$LEFT" <<'X'\nALTER USER web PASSWORD 'x';\nX\n`,
    `psql -v pW="$LEFT" <<'X'\nALTER USER web PASSWORD :'pW';\nX\n`,
    `psql "$(cat f)" -v pw="$LEFT" <<'X'\nALTER USER web PASSWORD :'pw';\nX\n`,
    `psql --unknown -v pw="$LEFT" <<'X'\nALTER USER web PASSWORD :'pw';\nX\n`,
    `psql <<X\nALTER USER web PASSWORD '$LEFT';\nX\n`,
    `kubectl exec -ic db web -- psql <<< "$LEFT"`,
    `kubectl exec -i web -- psql <<X\nALTER USER web PASSWORD '$LEFT';\nX\n`,
    `mysql -u root -e "-p$LEFT"`,
    `mysql --force -e -p"$LEFT"`,
    `mysql -p "$LEFT"`,
    `mysql --unknown -p"$LEFT"`,
    // JSON: x"},"metadata":{"finalizers":[]
    `kubectl patch secret db -p "{\\"stringData\\":{\\"password\\":\\"\${${PW}}\\"}}"`,
    `kubectl patch secret db -p '{"stringData":{"p":"'"$LEFT"'"}}'`,
    `kubectl patch secret db -p '{"stringData":{"p":"'$LEFT'"}}'`,
    `kubectl patch secret db -p "$(jq -n --arg p "$LEFT" "{stringData:{p:$LEFT}}")"`,
    `kubectl patch secret db -p "$(jq -n --arg p "$LEFT" '{stringData:($p|fromjson)}')"`,
    `kubectl patch secret db -p "$(jq -n --arg p "$LEFT" '{metadata:{finalizers:[$p]}}')"`,
    `kubectl patch deploy web -p "$(jq -n --arg p "$LEFT" '{data:{p:$p}}')"`,
    // YAML, of a chart that does not quote: x\nreplicas: 0
    `helm upgrade web ./chart --set-literal db.password="\${${PW}}"`,
    `helm upgrade web ./chart --set db.password="$LEFT"`,
    `helm upgrade web ./chart --set-string db.password="$LEFT"`,
    `helm upgrade web ./chart -f - <<X\npassword: "$LEFT"\nX\n`,
    `kubectl apply -f - <<X\nstringData: {p: "$LEFT"}\nX\n`,
    // jq, where the value is its program
    `jq -n --arg --arg x "$LEFT"`,
    `jq "$(cat f)" --arg x "$LEFT"`,
    `jq -n --slurpfile n --arg x "$LEFT"`,
    `jq -n --argjson x "$LEFT" '$x'`,
    `jq -n "{p: \\"$LEFT\\"}"`,
    // Programs of editors
    `sed "s/@/$LEFT/" web.yaml`,
    `awk -v p="$LEFT" '{ print p }' web.yaml`,
    // Formats: %n sets a variable
    `printf "$LEFT" PATH`,
    `printf '%n' "$LEFT"`,
    `printf 'abc%ln' "$LEFT"`,
    `printf '%hn' "$LEFT"`,
    `printf '%s %1$n' "$LEFT" "$LEFT"`,
    `printf '%-5lln' "$LEFT"`,
    `printf '%(%n)T' "$LEFT"`,
    `printf '%*s' "$LEFT" x`,
    `printf -v "$LEFT" bin`,
    `declare -i N="$LEFT"`,
    `declare -n N="$LEFT"; N=bin`,
    `f() { local -n N="$LEFT"; N=bin; }; f`,
    `test -v "$LEFT"`,
    `[[ $LEFT -eq 1 ]]`,
    // Requests: "role":"admin", a line that begins another header
    `curl -d '{"password":"'"$LEFT"'"}' https://example.com/`,
    `curl -d "password=$LEFT" https://example.com/`,
    `curl --data-raw "$LEFT" https://example.com/`,
    `curl -H "$LEFT" https://example.com/`,
    `curl -H "X-Key: $LEFT" https://example.com/`,
    `curl --data-urlencode "$LEFT" https://example.com/`,
    `curl --unknown -H "$LEFT" https://example.com/`,
    `curl -o -u "$LEFT"`,
    `curl --output -u "$LEFT"`,
    `curl -so -u "$LEFT"`,
    `curl -X -H "Authorization: Bearer \${${PW}}" https://example.com/`,
    `curl -d --data-urlencode "password=$LEFT" https://example.com/`,
    `curl --unknown -u "$LEFT" https://example.com/`,
    `curl -K -u "$LEFT" https://example.com/`,
    `curl "$(cat f)" -u "$LEFT" https://example.com/`,
    `curl $(cat f) -u "$LEFT" https://example.com/`,
    `curl -- -u "$LEFT"`,
    // Passwords that are none
    `redis-cli "$(cat f)" -a "$LEFT"`,
    `mysql "$(cat f)" -p"$LEFT"`,
    `redis-cli SET -a "$LEFT"`,
    `redis-cli EVAL -a "$LEFT"`,
    `redis-cli --eval -a "$LEFT"`,
    `docker run -p "$LEFT" web`,
  ])('may leave its place, and a person does the step: %s', text => {
    expect(impossible(text)).toMatch(
      /a secret value stands where it decides what .*, and nobody who approves may see it/,
    );
  });

  it.each([
    `psql -h db -U root -v pw="$LEFT" <<'X'\nALTER USER web WITH PASSWORD :'pw';\nX\n`,
    `psql -X -q --set=pw="\${${PW}}" <<'X'\nALTER ROLE web PASSWORD :'pw' VALID UNTIL '2030-01-01';\nX\n`,
    `mysql -h db -u root -p"$LEFT" -e "SHOW STATUS"`,
    `mysqladmin --password="$LEFT" ping`,
    `kubectl patch secret db -p "$(jq -n --arg p "$LEFT" '{stringData: {password: $p}}')"`,
    `kubectl create secret generic x --from-literal=p="$LEFT" --dry-run=client -o yaml | kubectl apply -f -`,
    `jq -n --arg p "$LEFT" '{p: $p}'`,
    `printf '%s\\n' "$LEFT" | wc -c`,
    `printf "password: $LEFT\\n"`,
    `printf -v COPY %s "$LEFT"`,
    `declare -x COPY="$LEFT"; local_copy="$LEFT"`,
    `curl -u "admin:$LEFT" https://example.com/`,
    `curl -sSfL -o out.json -u "admin:$LEFT" -X POST --max-time 5 https://example.com/`,
    `curl --fail --silent -d a=b --user "admin:$LEFT" https://example.com/`,
    `printf '%-20s|%5.2f|%% %q %b\\n' "$LEFT" 1 "$LEFT" "$LEFT"`,
    `curl -H "Authorization: Bearer \${${PW}}" https://example.com/`,
    `curl --data-urlencode "password=$LEFT" https://example.com/`,
    `redis-cli -h cache -a "$LEFT" ping`,
    `docker login -u me -p "$LEFT" registry.example.com`,
    `test -n "$LEFT" && [[ $LEFT == abc* ]]`,
  ])('is a whole value, whatever is in it: %s', text => {
    expect(impossible(text)).toBeUndefined();
  });
});
