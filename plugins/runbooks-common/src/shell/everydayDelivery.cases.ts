/**
 * Commands that deliver software and run it, with the effect that they should be given, one a line: `effect | text`.
 * See `everyday.cases.ts`.
 */
export const EVERYDAY_DELIVERY_CASES = String.raw`
# Plugins of kubectl, and oc
read | kubectl neat get deploy shop
read | k9s -n shop
read | oc project
local | oc project shop
read | kubectl argo rollouts get rollout shop

# Containers
change | docker load -i shop.tar
change | docker compose pull
change | docker-compose up -d --force-recreate shop
destructive | docker compose up -d --scale worker=0
destructive | docker service scale shop_web=0
change | docker service scale shop_web=4
destructive | docker system prune -af
read | docker logs -f shop
read | docker compose -f prod.yml logs --tail 50 shop
read | docker cp shop:/app/logs ./logs
change | docker compose exec api alembic upgrade head
destructive | docker compose exec -T db psql -U shop -c "DROP TABLE carts"

# git: what decides which code is checked out is a change, what throws work away is destructive
local | git clone https://git.example/shop.git
local | git fetch --all --tags
local | git commit -m "raise the limit"
local | git checkout -b raise-limit
local | git reset --soft HEAD~1
local | git clean -n
local | git restore --staged app.yaml
change | git checkout v1.8.2
change | git switch main
change | git merge release/8
change | git revert --no-edit abc123
change | git rebase -i HEAD~3
change | git checkout abc123 -- policies/
destructive | git checkout -- .
destructive | git checkout .
destructive | git restore .
destructive | git reset --hard origin/main
destructive | git clean -fdx
destructive | git stash drop
destructive | git branch -D old

# Infrastructure
read | terragrunt run-all plan
change | terragrunt run-all apply --terragrunt-non-interactive
destructive | terragrunt run-all destroy --terragrunt-non-interactive
change | ansible-playbook -i hosts site.yml
unknown | ansible-playbook -i hosts site.yml --check
change | ansible web -b -m service -a "name=nginx state=restarted"
destructive | ansible web -b -m apt -a "name=nginx state=absent"
read | cdk diff
change | npx cdk deploy Shop --require-approval never
destructive | npx cdk destroy Shop --force

# Packages
change | npm ci
change | npm install -g pm2
read | npm view react version
change | yarn
change | pnpm install --frozen-lockfile
change | poetry install
change | uv sync
change | bundle install
change | composer install --no-dev
change | go install git.example/tool@latest
change | dotnet restore

# Migrations
read | alembic current
change | alembic upgrade head
destructive | alembic downgrade -1
read | alembic upgrade head --sql
read | npx prisma migrate status
change | npx prisma migrate deploy
destructive | npx prisma migrate reset --force
change | npx prisma db push
destructive | npx prisma db push --accept-data-loss
change | npx knex migrate:latest
destructive | npx sequelize-cli db:migrate:undo
read | flyway info
change | flyway migrate
destructive | flyway clean
destructive | flyway -url=jdbc:x clean migrate
change | liquibase --changelog-file=all.xml update
destructive | liquibase rollback v1
change | mvn flyway:migrate
destructive | ./gradlew flywayClean
change | dotnet ef database update
destructive | dotnet ef database drop --force
change | goose postgres "$DSN" up
destructive | goose -dir migrations postgres "$DSN" down

# Frameworks
change | python manage.py migrate
read | python manage.py migrate --plan
destructive | python manage.py migrate orders zero
read | python manage.py showmigrations
destructive | python manage.py flush --no-input
change | bundle exec rails db:migrate
change | bin/rails db:migrate RAILS_ENV=production
change | /app/bin/rails db:migrate
read | bin/rails db:migrate:status
destructive | bundle exec rake db:drop db:create
change | php artisan migrate --force
destructive | php artisan migrate:fresh --seed
change | php artisan queue:restart
read | php artisan queue:failed
change | php bin/console doctrine:migrations:migrate --no-interaction
change | flask db upgrade
change | uv run alembic upgrade head
change | kubectl exec deploy/shop -- python manage.py migrate
change | docker exec shop php artisan migrate --force
change | mix ecto.migrate
destructive | celery -A shop purge -f
read | celery -A shop inspect active

# Tools of a product that was installed in a folder of its own
read | /opt/kafka/bin/kafka-topics.sh --bootstrap-server b:9092 --list
read | /usr/lib/postgresql/16/bin/psql -c "select 1"

# Platforms
destructive | fly apps stop shop
change | vercel --prod
change | vercel
read | vercel ls
change | vercel rollback
read | fly status -a shop
change | fly deploy
destructive | fly scale count 0
read | fly ssh console -C "df -h"
read | heroku releases -a shop
change | heroku ps:restart -a shop
destructive | heroku ps:scale web=0 -a shop
change | heroku run rails db:migrate -a shop
destructive | heroku pg:reset DATABASE_URL --confirm shop
read | heroku pg:psql -c "select count(*) from carts" -a shop
change | railway up
change | railway run npx prisma migrate deploy
change | wrangler deploy
read | wrangler d1 execute shop --remote --command "SELECT count(*) FROM carts"
destructive | wrangler d1 execute shop --remote --command "DELETE FROM carts"
change | supabase db push
destructive | supabase db reset --linked
change | firebase deploy --only hosting
destructive | firebase firestore:delete --all-collections --force
read | pm2 list
change | pm2 restart shop
destructive | pm2 delete shop
change | kamal deploy
change | kamal app exec "bin/rails db:migrate"

# Scripts of the project: unknown, unless the name plainly says what it changes
unknown | ./run.sh
unknown | npm test
unknown | npm run build
unknown | make test
unknown | ./scripts/health-check.sh
unknown | ./scripts/verify-deploy.sh
unknown | ./deploy.sh --dry-run
unknown | make deploy-status
change | ./scripts/deploy.sh production
change | bash scripts/migrate.sh
change | make deploy ENV=prod
change | make restart
change | npm run migrate
change | npm run db:seed
change | yarn deploy
change | just rollback
change | python scripts/migrate.py
change | ./ctl.sh restart shop
change | shopctl deploy web
change | ./reset-password.sh ann
destructive | ./scripts/restore.sh backup.sql
destructive | make db-reset
destructive | npm run db:reset
destructive | node scripts/deleteTenant.js --id 42
destructive | ./scripts/delete-old-backups.sh
destructive | shopctl tenant delete 42
change | python3 scripts/certs.py --renew
destructive | ./tools/shop.sh --purge
change | ./scripts/emergency_recovery.sh
unknown | ansible-playbook smoke-check.yml
destructive | ansible-playbook playbooks/restore.yml
unknown | make -n deploy
local | just --list
`;
