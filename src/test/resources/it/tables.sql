create table country (
  cca3 text constraint pk_country primary key,
  cca2 text not null,
  ccn3 text,
  common_name text not null,
  official_name text,
  region text,
  subregion text,
  area numeric,
  landlocked boolean,
  independent boolean,
  demonym text,
  lat numeric,
  lng numeric
);

create table country_capital (cca3 text not null references country, position integer not null, capital text not null);
create table country_border (cca3 text not null references country, position integer not null, border text not null);
create table country_tld (cca3 text not null references country, position integer not null, tld text not null);
create table country_calling_code (cca3 text not null references country, position integer not null, calling_code text not null);
create table country_currency (cca3 text not null references country, position integer not null, currency text not null);
create table country_language (cca3 text not null references country, code text not null, name text not null, primary key (cca3, code));
create table country_translation (cca3 text not null references country, code text not null, name text not null, primary key (cca3, code));

create index on country_capital (cca3);
create index on country_border (cca3);
create index on country_tld (cca3);
create index on country_calling_code (cca3);
create index on country_currency (cca3);

create table note (
  id bigint constraint pk_note primary key,
  text text not null,
  version bigint not null
);

create table reply (
  id bigint constraint pk_reply primary key,
  text text not null,
  note_id bigint constraint fk_reply_note references note
);

create table card (
  id bigint constraint pk_card primary key,
  holder text,
  number text
);
create table team (
  id bigint constraint pk_team primary key,
  name text,
  motto text
);

create table person (
  id bigint constraint pk_person primary key,
  name text,
  age integer,
  street text,
  city text,
  team_id bigint constraint fk_person_team references team,
  mentor_id bigint constraint fk_person_mentor references person,
  version bigint not null
);

create table person_nickname (person_id bigint not null references person, nickname text not null, primary key (person_id, nickname));

create table project (
  id bigint constraint pk_project primary key,
  title text
);

create table project_member (project_id bigint not null references project, person_id bigint not null references person, primary key (project_id, person_id));

-- There before capture, for the baseline at start-up.
insert into note values (9000000, 'there before', 1);
