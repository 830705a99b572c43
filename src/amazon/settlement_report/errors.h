// Every reason to refuse a settlement report. Facts that all of them carry as far as they are
// known: file, line (header = 1), byte (of the cell in the content, 0-based), column_number
// (1-based), column (name), found, expected.
#pragma once

#include "base/error.h"

namespace mlc::amazon::settlement_report {

inline constexpr ErrorKind kEmpty{
    "settlement_report.empty", "{file} holds no header row.",
    "Download the report again; a settlement report begins with a row of column names."};

inline constexpr ErrorKind kMissingColumns{
    "settlement_report.missing_columns",
    "{file}, line {line}: the header lacks {missing}; found {found}.",
    "Check that this is a settlement report of the layout V2 "
    "(GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2) or of the older V1, tab separated, with its "
    "header row within the first 50 lines."};

inline constexpr ErrorKind kDuplicateColumn{
    "settlement_report.duplicate_column",
    "{file}, line {line}: the column {column} occurs twice, as number {first} and "
    "{column_number}.",
    "Download the report again and do not edit it; it cannot be told which column counts."};

inline constexpr ErrorKind kNoSummaryRow{
    "settlement_report.no_summary_row",
    "{file}: none of the {rows} rows is the summary row; expected one row with total-amount and "
    "without amount-type and amount.",
    "Download the report again; without the summary row nothing proves that it is complete."};

inline constexpr ErrorKind kTwoSummaryRows{
    "settlement_report.two_summary_rows",
    "{file}, line {line}: found a second summary row; the first is line {first}.",
    "Import every settlement as a file of its own, as Amazon delivers it."};

inline constexpr ErrorKind kTotalOnDetailRow{
    "settlement_report.total_on_detail_row",
    "{file}, line {line}, column {column_number} ({column}): found {found} on a row that also has "
    "an amount or an amount-type; expected it on the summary row only.",
    "Download the report again; if it stays, report the row, so that the layout can be learned."};

inline constexpr ErrorKind kMissingValue{
    "settlement_report.missing_value",
    "{file}, line {line}, column {column_number} ({column}): the cell is blank; expected "
    "{expected}.",
    "Download the report again; if it stays, open a case with Amazon about this row."};

inline constexpr ErrorKind kUnknownDate{
    "settlement_report.unknown_date",
    "{file}, line {line}, column {column_number} ({column}): found {found}; expected {expected}.",
    "Do not change the file. If it came from Amazon as it is, report its date pattern."};

inline constexpr ErrorKind kMixedFormats{
    "settlement_report.mixed_formats",
    "{file}, line {line}, column {column_number} ({column}): found {found}; expected {expected}, "
    "the {what} of line {first_line}, column {first_column_number} ({first_column}): "
    "{first_found}.",
    "Download the report again and do not edit it. If it came from Amazon as it is, report both "
    "rows; no way of reading fits them."};

inline constexpr ErrorKind kAmbiguousAmounts{
    "settlement_report.ambiguous_amounts",
    "{file}, line {line}, column {column_number} ({column}): found {found}, which is one amount "
    "with a decimal point and another one with a decimal comma; expected {expected}.",
    "Look the settlement up in Seller Central. The file cannot be imported: nothing in it says "
    "which amount is meant."};

inline constexpr ErrorKind kAmbiguousDates{
    "settlement_report.ambiguous_dates",
    "{file}, line {line}, column {column_number} ({column}): found {found}, which is one day with "
    "the day first and another one with the month first; expected {expected}.",
    "Look the settlement up in Seller Central and download it in another layout. Nothing in the "
    "file says which day is meant."};

inline constexpr ErrorKind kBadAmount{
    "settlement_report.bad_amount",
    "{file}, line {line}, column {column_number} ({column}): found {found}; expected {expected}.",
    "Download the report again and do not open it in a spreadsheet program before."};

inline constexpr ErrorKind kUnknownCurrency{
    "settlement_report.unknown_currency",
    "{file}, line {line}, column {column_number} ({column}): found {found}; expected {expected}.",
    "Download the report again; if Amazon really pays in this currency, report it."};

inline constexpr ErrorKind kOtherCurrency{
    "settlement_report.other_currency",
    "{file}, line {line}, column {column_number} ({column}): found {found}; expected {expected}, "
    "the currency of the summary row, or blank.",
    "Import every settlement as a file of its own, as Amazon delivers it."};

inline constexpr ErrorKind kOtherSettlement{
    "settlement_report.other_settlement",
    "{file}, line {line}, column {column_number} ({column}): found {found}; expected {expected}, "
    "the settlement of the summary row.",
    "Import every settlement as a file of its own, as Amazon delivers it."};

inline constexpr ErrorKind kCellWithoutColumn{
    "settlement_report.cell_without_column",
    "{file}, line {line}, cell {column_number}: found {found}; expected nothing, because the "
    "header has {expected} columns.",
    "Download the report again and do not edit it; the row does not fit its header."};

inline constexpr ErrorKind kUnknownCharset{
    "settlement_report.unknown_charset",
    "{file}, line {line}, column {column_number} ({column}), byte {byte}: found {found}; expected "
    "{expected}.",
    "Do not change the file. If it came from Amazon as it is, report its marketplace and this "
    "cell, so that its character set can be learned."};

inline constexpr ErrorKind kAmbiguousCharset{
    "settlement_report.ambiguous_charset",
    "{file}, line {line}, column {column_number} ({column}): found {found}, which speaks for "
    "ISO-8859-15, and line {other_line}: {other_found}, which speaks for windows-1252; expected "
    "{expected}.",
    "Do not change the file. Report both cells; the two character sets give different texts."};

inline constexpr ErrorKind kNulByte{
    "settlement_report.nul_byte",
    "{file}, line {line}, column {column_number} ({column}), byte {byte}: found a zero byte; "
    "expected text.",
    "Download the report again; the file is damaged or is text in UTF-16."};

inline constexpr ErrorKind kLineTooLong{
    "settlement_report.line_too_long",
    "{file}, line {line}: found more than {found} bytes without a line end; expected {expected}.",
    "Check that this is a settlement report; the longest rows known have a few hundred bytes."};

inline constexpr ErrorKind kCutOff{
    "settlement_report.cut_off",
    "{file}, line {line}: the file ends inside this line, after {found}; expected {expected}.",
    "Download the report again, the file is cut off. Only if a person has compared it with "
    "Seller Central and it is whole: add a line end at its end and import that file."};

inline constexpr ErrorKind kSumOverflow{
    "settlement_report.sum_overflow",
    "{file}, line {line}, column {column_number} ({column}): adding {found} leaves the range of "
    "amounts; expected {expected}.",
    "Download the report again; no real settlement is this large."};

inline constexpr ErrorKind kSumDiffers{
    "settlement_report.sum_differs",
    "{file}, line {line}, column {column_number} ({column}): the {rows} rows add up to {found} "
    "{currency}; expected {expected} {currency}; the difference is {difference} {currency}.",
    "Download the report again, rows are missing or changed. If it stays, open a case with Amazon; "
    "nothing of this settlement is posted."};

}  // namespace mlc::amazon::settlement_report
