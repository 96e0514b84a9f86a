-- From version 1 to 2: what was noticed while a version was read, placed and annotated, and a story compared, as JSON:
-- [{"place", "message", "rule", "severity": "info|warning|omitted"}…]. Empty where nothing was; of a collation, where it was
-- made before this was kept.
ALTER TABLE versions ADD COLUMN noticed TEXT;
ALTER TABLE sketches ADD COLUMN noticed TEXT;
ALTER TABLE annotations ADD COLUMN noticed TEXT;
ALTER TABLE collations ADD COLUMN noticed TEXT;
