#include "base/day.h"

#include "samples.h"

#define PPM(percent) ((percent)*10000)

struct printed_invoice sample_us_invoice(void)
{
    static struct printed_line lines[] = {
        {.description = "Sprint 2: development prototype on staging",
         .detail = "Status report, development prototype",
         .quantity = {1, 0},
         .unit_price = {2700000, 2},
         .net_minor = 2700000,
         .milestone_number = "S2",
         .certificate_number = "AC-2016-0003"},
        {.description = "Sprint 3: prototype and transition plan",
         .detail = "Status report, development prototype, transition plan",
         .quantity = {1, 0},
         .unit_price = {2700000, 2},
         .net_minor = 2700000,
         .milestone_number = "S3",
         .certificate_number = "AC-2016-0004"},
    };
    static const struct printed_position position = {
        .contract_sum_minor = 12000000,
        .changes_minor = 0,
        .sum_to_date_minor = 12000000,
        .accepted_minor = 9300000,
        .invoiced_minor = 9300000,
        .paid_minor = 3900000,
        .left_minor = 2700000,
    };
    lines[0].accepted_day = sample_day("2016-07-08");
    lines[1].accepted_day = sample_day("2016-07-29");
    return (struct printed_invoice){
        .setting = {.paper = PAPER_LETTER, .language = "en-US", .made_at_ms = 1470045600000},
        .number = "INV-2016-0002",
        .currency = "USD",
        .seller = sample_truetandem,
        .buyer = sample_gsa,
        .issue_day = sample_day("2016-08-01"),
        .due_day = sample_day("2016-08-31"),
        .performed_from_day = sample_day("2016-07-01"),
        .performed_to_day = sample_day("2016-07-31"),
        .order_reference = "ID09160019",
        .contract_reference = "C-2016-0001",
        .contact = "Dana Whitfield",
        .lines = lines,
        .line_count = 2,
        .net_minor = 5400000,
        .total_minor = 5400000,
        .due_minor = 5400000,
        .payment_reference = "RF97INV20160002",
        .remittance = {.holder = "TrueTandem LLC",
                       .bank = "First Harbor Bank, Reston VA",
                       .account = "Account 000123456789\nRouting (ABA) 056001234",
                       .address = "PO Box 4410, Reston, VA 20195"},
        .position = &position,
        .notes = "Acceptance was given in writing by the contracting officer's representative.",
        .evidence = {"waymark.example/truetandem", 1477,
                     SAMPLE_CHECKPOINT("waymark.example/truetandem")},
    };
}

static const struct printed_remittance german_account = {
    .holder = "Atelier Nord GmbH",
    .iban = "DE89370400440532013000",
    .bic = "COBADEFFXXX",
    .bank = "Commerzbank Berlin",
};

struct printed_invoice sample_euro_invoice(void)
{
    static struct printed_line lines[] = {
        {.description = "Measuring points online: map and time series",
         .detail = "Released to production with 214 stations; load test report",
         .quantity = {1, 0},
         .unit_price = {2850000, 2},
         .net_minor = 2850000,
         .tax_category = TAX_STANDARD,
         .tax_rate_ppm = PPM(21),
         .milestone_number = "3",
         .certificate_number = "AC-0011"},
        {.description = "On-site training",
         .quantity = {25, 1},
         .unit = "days",
         .unit_price = {98000, 2},
         .net_minor = 245000,
         .tax_category = TAX_STANDARD,
         .tax_rate_ppm = PPM(21),
         .milestone_number = "3",
         .certificate_number = "AC-0011"},
        {.description = "Printed manual",
         .quantity = {40, 0},
         .unit = "pieces",
         .unit_price = {123750, 4},
         .net_minor = 49500,
         .tax_category = TAX_STANDARD,
         .tax_rate_ppm = PPM(9),
         .milestone_number = "3",
         .certificate_number = "AC-0011"},
    };
    static const struct printed_tax taxes[] = {
        {.category = TAX_STANDARD, .rate_ppm = PPM(21), .base_minor = 3095000, .tax_minor = 649950},
        {.category = TAX_STANDARD, .rate_ppm = PPM(9), .base_minor = 49500, .tax_minor = 4455},
    };
    static const struct printed_position position = {
        .contract_sum_minor = 11800000,
        .changes_minor = 640000,
        .reductions_minor = 100000,
        .sum_to_date_minor = 12340000,
        .accepted_minor = 7244500,
        .invoiced_minor = 7244500,
        .paid_minor = 4600000,
        .left_minor = 5095500,
    };
    for (size_t i = 0; i < 3; i++)
        lines[i].accepted_day = sample_day("2026-09-11");
    return (struct printed_invoice){
        .setting = {.language = "en", .made_at_ms = 1789398000000, .accent_rgb = 0x2f4b8f},
        .number = "2026-0047",
        .currency = "EUR",
        .seller = sample_agency,
        .buyer = sample_dutch,
        .issue_day = sample_day("2026-09-14"),
        .due_day = sample_day("2026-10-14"),
        .performed_from_day = sample_day("2026-08-03"),
        .performed_to_day = sample_day("2026-09-11"),
        .order_reference = "IO-2026-118834",
        .contract_reference = "C-2026-004",
        .contact = "Inka Sommer",
        .tax_name = "VAT",
        .lines = lines,
        .line_count = 3,
        .taxes = taxes,
        .tax_count = 2,
        .net_minor = 3144500,
        .total_minor = 3798905,
        .paid_minor = 500000,
        .due_minor = 3298905,
        .payment_reference = "RF7120260047",
        .remittance = german_account,
        .position = &position,
        .notes = "Thank you for the quick acceptance of milestone 3.",
        .evidence = {"waymark.example/atelier-nord", 1120,
                     SAMPLE_CHECKPOINT("waymark.example/atelier-nord")},
    };
}

struct printed_invoice sample_world_invoice(void)
{
    static struct printed_line lines[] = {
        {.description = "移动应用程序开发：第二阶段",
         .detail = "तकनीकी दस्तावेज़ और प्रशिक्षण",
         .quantity = {1, 0},
         .unit_price = {18500000, 2},
         .net_minor = 18500000,
         .tax_category = TAX_OUTSIDE_SCOPE,
         .milestone_number = "2",
         .certificate_number = "AC-0007"},
        {.description = "ترجمة واجهة المستخدم إلى العربية",
         .detail = "การฝึกอบรมผู้ใช้งาน",
         .quantity = {1, 0},
         .unit_price = {4250000, 2},
         .net_minor = 4250000,
         .tax_category = TAX_OUTSIDE_SCOPE,
         .milestone_number = "3",
         .certificate_number = "AC-0008"},
        {.description = "Τεκμηρίωση και υποστήριξη",
         .detail = "Приёмочные испытания · בדיקות קבלה",
         .quantity = {3, 0},
         .unit = "months",
         .unit_price = {500000, 2},
         .net_minor = 1500000,
         .tax_category = TAX_OUTSIDE_SCOPE,
         .milestone_number = "4",
         .certificate_number = "AC-0009"},
    };
    static const struct printed_tax taxes[] = {
        {.category = TAX_OUTSIDE_SCOPE,
         .base_minor = 24250000,
         .reason = "Services supplied outside the scope of tax of the supplier's country."},
    };
    for (size_t i = 0; i < 3; i++)
        lines[i].accepted_day = sample_day("2026-05-20");
    return (struct printed_invoice){
        .setting = {.language = "en", .made_at_ms = 1780311600000, .accent_rgb = 0x8a1c2b},
        .number = "SH-2026-0012",
        .currency = "AED",
        .seller = {.name = "上海远见软件有限公司",
                   .address = "上海市浦东新区世纪大道100号\n环球金融中心28楼\n中国",
                   .country = "CN",
                   .tax_id = "91310000MA1FL0XK3T",
                   .email = "finance@yuanjian.example"},
        .buyer = {.name = "شركة الواحة للتقنيات المتقدمة ذ.م.م",
                  .address =
                      "شارع الشيخ زايد، برج الأعمال، الطابق 14\nدبي\nالإمارات العربية المتحدة",
                  .country = "AE",
                  .tax_id = "100234567800003",
                  .contact = "قسم الحسابات الدائنة"},
        .issue_day = sample_day("2026-06-01"),
        .due_day = sample_day("2026-07-01"),
        .performed_from_day = sample_day("2026-04-01"),
        .performed_to_day = sample_day("2026-05-20"),
        .order_reference = "PO-88213",
        .contract_reference = "C-2026-009",
        .tax_name = "VAT",
        .lines = lines,
        .line_count = 3,
        .taxes = taxes,
        .tax_count = 1,
        .net_minor = 24250000,
        .total_minor = 24250000,
        .due_minor = 24250000,
        .payment_reference = "RF44SH20260012",
        .remittance = {.holder = "上海远见软件有限公司",
                       .bank = "中国银行上海市分行",
                       .bic = "BKCHCNBJ300",
                       .account = "4400 1234 5678 9012"},
        .notes = "شكراً لثقتكم بنا. يرجى ذكر رقم المرجع عند التحويل.",
        .evidence = {"waymark.example/yuanjian", 311,
                     SAMPLE_CHECKPOINT("waymark.example/yuanjian")},
    };
}

struct printed_invoice sample_long_invoice(struct arena *arena, size_t line_count)
{
    struct printed_invoice invoice = sample_euro_invoice();
    struct printed_line *lines = arena_array(arena, line_count, sizeof *lines);
    struct printed_tax *tax = arena_alloc(arena, sizeof *tax);
    int64_t net_minor = 0;
    for (size_t i = 0; i < line_count; i++) {
        lines[i] = invoice.lines[i % invoice.line_count];
        lines[i].description = arena_format(arena, "Work item %zu of the measuring network", i + 1);
        lines[i].tax_rate_ppm = PPM(21);
        lines[i].net_minor += (int64_t)i;
        net_minor += lines[i].net_minor;
    }
    *tax = (struct printed_tax){TAX_STANDARD, PPM(21), net_minor, net_minor * 21 / 100, NULL};
    invoice.lines = lines;
    invoice.line_count = line_count;
    invoice.taxes = tax;
    invoice.tax_count = 1;
    invoice.net_minor = net_minor;
    invoice.total_minor = net_minor + tax->tax_minor;
    invoice.paid_minor = 0;
    invoice.due_minor = invoice.total_minor;
    return invoice;
}

struct printed_invoice sample_credit_note(void)
{
    static const struct printed_tax tax = {TAX_STANDARD, PPM(21), 2850000, 598500, NULL};
    struct printed_invoice note = sample_euro_invoice();
    note.kind = PRINTED_CREDIT_NOTE;
    note.number = "CN-2026-0003";
    note.corrects = "2026-0047";
    note.line_count = 1;
    note.taxes = &tax;
    note.tax_count = 1;
    note.due_day = DAY_NONE;
    note.net_minor = 2850000;
    note.total_minor = 3448500;
    note.paid_minor = 0;
    note.due_minor = 0;
    note.notes = "Milestone 3 returns to rework by agreement of 21 September 2026.";
    return note;
}
