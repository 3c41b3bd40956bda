/**
 * Commands that deliver software and run it, and that are easy to misjudge, one a line: `kind | text`. See
 * `adversarial.cases.ts`.
 */
export const ADVERSARIAL_DELIVERY_CASES = String.raw`
# A name never makes a script harmless
!  | ./scripts/read-only-check.sh
!  | make status
!  | npm run list
!  | ./list.sh
!  | node show.js
!  | python get_users.py
!  | npx show-things

# The verb hides behind options or behind another verb
=destructive | docker -H tcp://h rm -f web
=destructive | docker --context prod compose --profile x -f a.yml down -v
=destructive | git -C repo clean -fd
=destructive | git --no-pager reset --hard
=destructive | git checkout -f main
=destructive | flyway info clean
=destructive | rake db:migrate:status db:drop
=destructive | npx -y prisma@5 migrate reset --force
=destructive | pnpm exec prisma migrate reset --force
=destructive | yarn prisma migrate reset --force
=destructive | bundle exec rails db:drop
=destructive | poetry run python manage.py flush --no-input
=destructive | python -m django flush --no-input
=destructive | uv run --with x alembic downgrade base
=destructive | railway run rails db:drop
=destructive | heroku run "rake db:drop" -a web
=destructive | fly ssh console -C "rm -rf /data"
=destructive | kamal app exec 'bin/rails db:drop'
=destructive | docker compose exec -T db psql -U app <<< 'DROP TABLE x'
=destructive | mvn compile flyway:clean
!  | npx ls
!  | /opt/../home/me/bin/ls
!  | ./opt/x/bin/ls
!  | git config core.sshCommand 'rm -rf /'
!  | git config --global alias.st '!rm -rf /'
!  | git config protocol.ext.allow always
!  | git remote add pod 'ext::sh -c x'
!  | git remote set-url origin 'ext::sh -c x'
!  | npx cat
!  | bunx --bun something
!  | fly ssh console -C "$CMD"
!  | heroku run $CMD
!  | npm run "$TASK"
!  | make $TARGET
!  | git checkout $REF
!  | vercel "$@"
!  | vercel ./dist
!  | alembic -c x.ini upgrade head
!  | python manage.py "$@"
!  | php artisan $1
!  | wrangler d1 execute db --command "SELECT 1; DROP TABLE x"
!  | ansible all -m shell -a "reboot"
!  | git rebase -x 'rm -rf /' main
!  | helm upgrade web ./c --post-renderer ./x.sh --dry-run
`;
