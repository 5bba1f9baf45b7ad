-- What is still being worked on: few rows, whatever the company has done before.
CREATE INDEX engagement_open ON engagement (company, id)
    WHERE state NOT IN ('completed', 'terminated');
CREATE INDEX contract_open ON contract (company, id) WHERE state IN ('active', 'suspended');
