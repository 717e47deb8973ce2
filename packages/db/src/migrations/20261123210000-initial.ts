import { Migration } from '@mikro-orm/migrations'

/** All tables as they were first laid out. */
export class InitialMigration extends Migration {
  override up(): void {
    this.addSql(
      `create table "audit_entry" ("id" uuid not null, "organization_id" uuid not null, "at" timestamptz(3) not null, "act" uuid null, "command" text not null, "actor" jsonb not null, "credential" text null, "cause" jsonb null, "refused" text null, "before" jsonb not null, "after" jsonb not null, primary key ("id"))`,
    )
    this.addSql(`create index "audit_entry_organization_index" on "audit_entry" ("organization_id", "id")`)
    this.addSql(
      `alter table "audit_entry" add constraint "audit_entry_outcome_check" check (num_nonnulls(act, refused) = 1)`,
    )
    this.addSql(
      `alter table "audit_entry" add constraint "audit_entry_cause_check" check ((act is null) = (cause is null))`,
    )
    this.addSql(
      `create or replace function "audit_entry_audit_entry_append_only_fn"() returns trigger as $$ begin raise exception 'the audit log is append-only' using errcode = 'restrict_violation'; end; $$ language plpgsql`,
    )
    this.addSql(
      `create trigger "audit_entry_append_only" BEFORE UPDATE OR DELETE on "audit_entry" for each STATEMENT execute function "audit_entry_audit_entry_append_only_fn"()`,
    )
    // Besides what the entity declares: the object mapper neither sees nor writes triggers on truncate.
    this.addSql(
      `create trigger "audit_entry_never_truncated" before truncate on "audit_entry" for each statement execute function "audit_entry_audit_entry_append_only_fn"()`,
    )
    this.addSql(
      `create table "change_log" ("organization_id" uuid not null, "version" bigint not null, "act" uuid not null, "at" timestamptz(3) not null, "cause" jsonb not null, "facts" jsonb not null, primary key ("organization_id", "version"))`,
    )
    this.addSql(`create index "change_log_act_index" on "change_log" ("act")`)
    this.addSql(
      `create table "installation" ("epoch" uuid not null default gen_random_uuid(), "sole" boolean not null default true, primary key ("epoch"))`,
    )
    this.addSql(`alter table "installation" add constraint "installation_sole_unique" unique ("sole")`)
    this.addSql(`alter table "installation" add constraint "installation_sole_check" check (sole)`)
    this.addSql(
      `create table "organization" ("id" uuid not null, "name" text not null, "identifier" text null, "status" text not null, "time_zone" text not null, primary key ("id"))`,
    )
    this.addSql(
      `alter table "organization" add constraint "organization_identifier_unique" unique ("identifier")`,
    )
    this.addSql(
      `alter table "organization" add constraint "organization_identifier_check" check ((status = 'placeholder') = (identifier is null))`,
    )
    this.addSql(
      `alter table "organization" add constraint "organization_status_check" check ("status" in ('registered', 'placeholder'))`,
    )
    this.addSql(
      `create table "member" ("id" uuid not null, "organization_id" uuid not null, "user_id" text null, "external_id" text null, "name" text not null, "role" text not null, "paused_at" timestamptz(3) null, "expires_at" timestamptz(3) null, primary key ("id"))`,
    )
    this.addSql(`alter table "member" add constraint "member_user_unique" unique ("user_id")`)
    this.addSql(`create index "member_name_index" on "member" ("organization_id", "name", "id")`)
    this.addSql(
      `alter table "member" add constraint "member_external_id_unique" unique ("organization_id", "external_id")`,
    )
    this.addSql(
      `alter table "member" add constraint "member_person_check" check (num_nonnulls(user_id, external_id) >= 1)`,
    )
    this.addSql(
      `alter table "member" add constraint "member_admin_check" check (role = 'member' or user_id is not null)`,
    )
    this.addSql(
      `alter table "member" add constraint "member_role_check" check ("role" in ('admin', 'member'))`,
    )
    this.addSql(
      `create table "cooperation" ("id" uuid not null, "initiator_id" uuid not null, "invitee_id" uuid not null, "state" text not null, "paused_at" timestamptz(3) null, "expires_at" timestamptz(3) null, primary key ("id"))`,
    )
    this.addSql(`create index "cooperation_initiator_index" on "cooperation" ("initiator_id")`)
    this.addSql(`create index "cooperation_invitee_index" on "cooperation" ("invitee_id")`)
    this.addSql(
      `create unique index "cooperation_pair_unique" on "cooperation" (least(initiator_id, invitee_id), greatest(initiator_id, invitee_id))`,
    )
    this.addSql(
      `alter table "cooperation" add constraint "cooperation_sides_check" check (initiator_id <> invitee_id)`,
    )
    this.addSql(
      `alter table "cooperation" add constraint "cooperation_state_check" check ("state" in ('pending', 'active'))`,
    )
    this.addSql(
      `create table "organization_head" ("organization_id" uuid not null, "version" bigint not null default '0', primary key ("organization_id"))`,
    )
    this.addSql(
      `create table "park" ("id" uuid not null, "organization_id" uuid not null, "name" text not null, "kind" text not null, "peak_power_kw" double precision null, "location" text null, "external_id" text null, primary key ("id"))`,
    )
    this.addSql(`create index "park_name_index" on "park" ("organization_id", "name", "id")`)
    this.addSql(
      `alter table "park" add constraint "park_external_id_unique" unique ("organization_id", "external_id")`,
    )
    this.addSql(
      `alter table "park" add constraint "park_kind_check" check ("kind" in ('solar', 'wind', 'storage'))`,
    )
    this.addSql(
      `create table "portfolio" ("id" uuid not null, "organization_id" uuid not null, "name" text not null, "external_id" text null, primary key ("id"))`,
    )
    this.addSql(`create index "portfolio_name_index" on "portfolio" ("organization_id", "name", "id")`)
    this.addSql(
      `alter table "portfolio" add constraint "portfolio_external_id_unique" unique ("organization_id", "external_id")`,
    )
    this.addSql(
      `create table "assignment" ("id" uuid not null, "organization_id" uuid not null, "member_id" uuid not null, "park_id" uuid null, "portfolio_id" uuid null, "role" text not null, primary key ("id"))`,
    )
    this.addSql(`create index "assignment_organization_index" on "assignment" ("organization_id")`)
    this.addSql(`create index "assignment_park_index" on "assignment" ("park_id", "member_id")`)
    this.addSql(`create index "assignment_portfolio_index" on "assignment" ("portfolio_id", "member_id")`)
    this.addSql(
      `alter table "assignment" add constraint "assignment_park_unique" unique ("member_id", "park_id")`,
    )
    this.addSql(
      `alter table "assignment" add constraint "assignment_portfolio_unique" unique ("member_id", "portfolio_id")`,
    )
    this.addSql(
      `alter table "assignment" add constraint "assignment_resource_check" check (num_nonnulls(park_id, portfolio_id) = 1)`,
    )
    this.addSql(
      `alter table "assignment" add constraint "assignment_role_check" check ("role" in ('viewer', 'technical-manager', 'operator'))`,
    )
    this.addSql(
      `create table "portfolio_entry" ("id" uuid not null, "organization_id" uuid not null, "portfolio_id" uuid not null, "park_id" uuid not null, primary key ("id"))`,
    )
    this.addSql(`create index "portfolio_entry_organization_index" on "portfolio_entry" ("organization_id")`)
    this.addSql(`create index "portfolio_entry_park_index" on "portfolio_entry" ("park_id", "portfolio_id")`)
    this.addSql(
      `alter table "portfolio_entry" add constraint "portfolio_entry_unique" unique ("portfolio_id", "park_id")`,
    )
    this.addSql(
      `create table "share" ("id" uuid not null, "cooperation_id" uuid not null, "owner_id" uuid not null, "receiver_id" uuid not null, "park_id" uuid null, "portfolio_id" uuid null, "role" text not null, "paused_at" timestamptz(3) null, "expires_at" timestamptz(3) null, primary key ("id"))`,
    )
    this.addSql(`create index "share_cooperation_index" on "share" ("cooperation_id", "owner_id")`)
    this.addSql(`create index "share_park_index" on "share" ("park_id", "receiver_id")`)
    this.addSql(`create index "share_portfolio_index" on "share" ("portfolio_id", "receiver_id")`)
    this.addSql(`create index "share_receiver_index" on "share" ("receiver_id")`)
    this.addSql(`create index "share_owner_index" on "share" ("owner_id")`)
    this.addSql(`alter table "share" add constraint "share_park_unique" unique ("cooperation_id", "park_id")`)
    this.addSql(
      `alter table "share" add constraint "share_portfolio_unique" unique ("cooperation_id", "portfolio_id")`,
    )
    this.addSql(
      `alter table "share" add constraint "share_resource_check" check (num_nonnulls(park_id, portfolio_id) = 1)`,
    )
    this.addSql(`alter table "share" add constraint "share_sides_check" check (owner_id <> receiver_id)`)
    this.addSql(
      `alter table "share" add constraint "share_role_check" check ("role" in ('viewer', 'technical-manager'))`,
    )
    this.addSql(
      `create table "delegation" ("id" uuid not null, "organization_id" uuid not null, "share_id" uuid not null, "member_id" uuid not null, "role" text not null, "expires_at" timestamptz(3) null, primary key ("id"))`,
    )
    this.addSql(`create index "delegation_organization_index" on "delegation" ("organization_id")`)
    this.addSql(`create index "delegation_member_index" on "delegation" ("member_id", "share_id")`)
    this.addSql(
      `alter table "delegation" add constraint "delegation_unique" unique ("share_id", "member_id")`,
    )
    this.addSql(
      `alter table "delegation" add constraint "delegation_role_check" check ("role" in ('viewer', 'technical-manager'))`,
    )
    this.addSql(
      `alter table "member" add constraint "member_organization_id_foreign" foreign key ("organization_id") references "organization" ("id") deferrable initially deferred`,
    )
    this.addSql(
      `alter table "cooperation" add constraint "cooperation_initiator_id_foreign" foreign key ("initiator_id") references "organization" ("id") deferrable initially deferred`,
    )
    this.addSql(
      `alter table "cooperation" add constraint "cooperation_invitee_id_foreign" foreign key ("invitee_id") references "organization" ("id") deferrable initially deferred`,
    )
    this.addSql(
      `alter table "park" add constraint "park_organization_id_foreign" foreign key ("organization_id") references "organization" ("id") deferrable initially deferred`,
    )
    this.addSql(
      `alter table "portfolio" add constraint "portfolio_organization_id_foreign" foreign key ("organization_id") references "organization" ("id") deferrable initially deferred`,
    )
    this.addSql(
      `alter table "assignment" add constraint "assignment_organization_id_foreign" foreign key ("organization_id") references "organization" ("id") deferrable initially deferred`,
    )
    this.addSql(
      `alter table "assignment" add constraint "assignment_member_id_foreign" foreign key ("member_id") references "member" ("id") deferrable initially deferred`,
    )
    this.addSql(
      `alter table "assignment" add constraint "assignment_park_id_foreign" foreign key ("park_id") references "park" ("id") on delete no action deferrable initially deferred`,
    )
    this.addSql(
      `alter table "assignment" add constraint "assignment_portfolio_id_foreign" foreign key ("portfolio_id") references "portfolio" ("id") on delete no action deferrable initially deferred`,
    )
    this.addSql(
      `alter table "portfolio_entry" add constraint "portfolio_entry_organization_id_foreign" foreign key ("organization_id") references "organization" ("id") deferrable initially deferred`,
    )
    this.addSql(
      `alter table "portfolio_entry" add constraint "portfolio_entry_portfolio_id_foreign" foreign key ("portfolio_id") references "portfolio" ("id") deferrable initially deferred`,
    )
    this.addSql(
      `alter table "portfolio_entry" add constraint "portfolio_entry_park_id_foreign" foreign key ("park_id") references "park" ("id") deferrable initially deferred`,
    )
    this.addSql(
      `alter table "share" add constraint "share_cooperation_id_foreign" foreign key ("cooperation_id") references "cooperation" ("id") deferrable initially deferred`,
    )
    this.addSql(
      `alter table "share" add constraint "share_owner_id_foreign" foreign key ("owner_id") references "organization" ("id") deferrable initially deferred`,
    )
    this.addSql(
      `alter table "share" add constraint "share_receiver_id_foreign" foreign key ("receiver_id") references "organization" ("id") deferrable initially deferred`,
    )
    this.addSql(
      `alter table "share" add constraint "share_park_id_foreign" foreign key ("park_id") references "park" ("id") on delete no action deferrable initially deferred`,
    )
    this.addSql(
      `alter table "share" add constraint "share_portfolio_id_foreign" foreign key ("portfolio_id") references "portfolio" ("id") on delete no action deferrable initially deferred`,
    )
    this.addSql(
      `alter table "delegation" add constraint "delegation_organization_id_foreign" foreign key ("organization_id") references "organization" ("id") deferrable initially deferred`,
    )
    this.addSql(
      `alter table "delegation" add constraint "delegation_share_id_foreign" foreign key ("share_id") references "share" ("id") deferrable initially deferred`,
    )
    this.addSql(
      `alter table "delegation" add constraint "delegation_member_id_foreign" foreign key ("member_id") references "member" ("id") deferrable initially deferred`,
    )
    this.addSql(`insert into "installation" default values`)
  }
}
