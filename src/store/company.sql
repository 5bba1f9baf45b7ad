-- name: company_load
SELECT id, version, slug, name, legal_name, address, country, tax_id, email, phone, time_zone,
       currency, iban, bic, remittance, paper, logo_hash, is_sample, created_at,
       numbering, locale
  FROM company
 WHERE company = :company
