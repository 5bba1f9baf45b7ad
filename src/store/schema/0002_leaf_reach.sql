-- Money goes to several engagements, and may only be tied to one of them later: a leaf is also found
-- by the payments and credit notes that it tells of, whatever it is about.
ALTER TABLE leaf_reach RENAME COLUMN engagement_id TO reached_id;
