-- A fictitious study as format 1 wrote it (key: 32 times the letter k), for the migration tests.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE event (
	id BLOB NOT NULL, 
	kind TEXT NOT NULL, 
	format INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	actor TEXT NOT NULL, 
	subject BLOB NOT NULL, 
	version TEXT, 
	start INTEGER, 
	"end" INTEGER, 
	code TEXT, 
	grid TEXT, 
	digest BLOB, 
	payload TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(version) REFERENCES text_version (id)
);
INSERT INTO "event" VALUES(X'00000000000000000000000000000001','apply',1,1683190802000,'claire',X'00000000000000000000000000000001','2d51df70c1874a3a9d6a855c079b84af',14,27,'S1','v1',X'10DB2F9F497FBD2B4E0F0BABB5CAEFC4','{}');
INSERT INTO "event" VALUES(X'00000000000000000000000000000002','apply',1,1683190803000,'yann',X'00000000000000000000000000000002','2d51df70c1874a3a9d6a855c079b84af',29,51,'S2','v1',X'6447370AD51B9C5AC601386D5252B9D1','{"facets": {"phase": "early"}}');
INSERT INTO "event" VALUES(X'00000000000000000000000000000003','retract',1,1683190804000,'claire',X'00000000000000000000000000000001','2d51df70c1874a3a9d6a855c079b84af',14,27,'S1','v1',X'10DB2F9F497FBD2B4E0F0BABB5CAEFC4','{}');
INSERT INTO "event" VALUES(X'00000000000000000000000000000004','conclude',1,1683190807000,'claire',X'1EF97240411C5C6B8DF44EE387AB3D99',NULL,NULL,NULL,NULL,NULL,NULL,'{"claim": "Les horaires comptent", "qualifies": [], "reference": "E1", "scope": "", "supports": []}');
CREATE TABLE event_replaces (
	event BLOB NOT NULL, 
	replaced BLOB NOT NULL, 
	PRIMARY KEY (event, replaced), 
	FOREIGN KEY(event) REFERENCES event (id)
);
INSERT INTO "event_replaces" VALUES(X'00000000000000000000000000000003',X'00000000000000000000000000000001');
CREATE TABLE reading (
	sha256 TEXT NOT NULL, 
	reader TEXT NOT NULL, 
	source TEXT NOT NULL, 
	version TEXT NOT NULL, 
	path TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	encoding TEXT NOT NULL, 
	header TEXT NOT NULL, 
	asides TEXT NOT NULL, 
	notices TEXT NOT NULL, 
	PRIMARY KEY (sha256, reader, source), 
	FOREIGN KEY(source) REFERENCES source (id), 
	FOREIGN KEY(version) REFERENCES text_version (id)
);
INSERT INTO "reading" VALUES('73b88b463816f0334856cd4cd60e3295198fe5e4cf4c6dc12fa4005378259cbf','md/1','ef3c78fc-7023-560c-8bdb-5980ea2d9361','2d51df70c1874a3a9d6a855c079b84af','V01.md',1683190800000,'utf-8','{"visite":"V01"}','[]','[]');
INSERT INTO "reading" VALUES('bf4dcaede3fbeba1c258c478682f4ba7ed5a27f776bbbe14cf9cb20aee0d9719','md/1','48c1b477-67b0-5578-9b6b-b502e05a9fa2','ae0640300e0f91d221417c4817f8d861','V02.md',1683190800000,'utf-8','{"visite":"V02"}','[]','[]');
INSERT INTO "reading" VALUES('e26f9fe2ac0fabf8927793a77d6397b3f5b896968dd9a615e2307c767860f027','md/1','ef3c78fc-7023-560c-8bdb-5980ea2d9361','4ec6a7e73f7b46693a07cf61bf820dbe','V01.md',1683190805000,'utf-8','{"visite":"V01"}','[]','[]');
CREATE TABLE source (
	id TEXT NOT NULL, 
	path TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	visit TEXT, 
	PRIMARY KEY (id), 
	UNIQUE (path)
);
INSERT INTO "source" VALUES('ef3c78fc-7023-560c-8bdb-5980ea2d9361','V01.md','field_note','V01');
INSERT INTO "source" VALUES('48c1b477-67b0-5578-9b6b-b502e05a9fa2','V02.md','field_note','V02');
CREATE TABLE text_version (
	id TEXT NOT NULL, 
	source TEXT NOT NULL, 
	ordinal INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	structure TEXT NOT NULL, 
	words INTEGER NOT NULL, 
	digest BLOB NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (source, ordinal), 
	FOREIGN KEY(source) REFERENCES source (id)
);
INSERT INTO "text_version" VALUES('2d51df70c1874a3a9d6a855c079b84af','ef3c78fc-7023-560c-8bdb-5980ea2d9361',1,'Visite : V01

Note fictive. L’école ferme à midi.

Le maire arrive en retard, 🌾 à la main.
','[["header_field",0,12,0,"",-1,null,null,"line 1"],["paragraph",0,12,0,"",-1,null,null,"line 1"],["paragraph",14,49,0,"",-1,null,null,"line 3"],["paragraph",51,90,0,"",-1,null,null,"line 5"]]',18,X'D694E5C1D2B48365E1C64189C1BE6CAF');
INSERT INTO "text_version" VALUES('ae0640300e0f91d221417c4817f8d861','48c1b477-67b0-5578-9b6b-b502e05a9fa2',1,'Visite : V02

Note fictive : rien à signaler.
','[["header_field",0,12,0,"",-1,null,null,"line 1"],["paragraph",0,12,0,"",-1,null,null,"line 1"],["paragraph",14,45,0,"",-1,null,null,"line 3"]]',9,X'1089F2E1A9E32F49891AC0E75509BA64');
INSERT INTO "text_version" VALUES('4ec6a7e73f7b46693a07cf61bf820dbe','ef3c78fc-7023-560c-8bdb-5980ea2d9361',2,'Visite : V01

Note fictive. L’école ferme à douze heures.

Le maire arrive en retard, 🌾 à la main.
','[["header_field",0,12,0,"",-1,null,null,"line 1"],["paragraph",0,12,0,"",-1,null,null,"line 1"],["paragraph",14,57,0,"",-1,null,null,"line 3"],["paragraph",59,98,0,"",-1,null,null,"line 5"]]',19,X'4CAA781CF627A009EE9C4840CDE85C08');
CREATE TRIGGER event_refuses_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
CREATE TRIGGER event_refuses_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
CREATE TRIGGER event_replaces_refuses_update BEFORE UPDATE ON event_replaces BEGIN SELECT RAISE(ABORT, 'event_replaces is append-only'); END;
CREATE TRIGGER event_replaces_refuses_delete BEFORE DELETE ON event_replaces BEGIN SELECT RAISE(ABORT, 'event_replaces is append-only'); END;
CREATE TRIGGER text_version_refuses_update BEFORE UPDATE ON text_version BEGIN SELECT RAISE(ABORT, 'text_version is append-only'); END;
CREATE TRIGGER text_version_refuses_delete BEFORE DELETE ON text_version BEGIN SELECT RAISE(ABORT, 'text_version is append-only'); END;
CREATE TRIGGER reading_refuses_update BEFORE UPDATE ON reading BEGIN SELECT RAISE(ABORT, 'reading is append-only'); END;
CREATE TRIGGER reading_refuses_delete BEFORE DELETE ON reading BEGIN SELECT RAISE(ABORT, 'reading is append-only'); END;
COMMIT;
PRAGMA application_id=1129335124;
PRAGMA user_version=1;
