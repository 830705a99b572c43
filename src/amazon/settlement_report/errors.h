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
    "(GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2), tab separated, with its header row first."};

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

inline constexpr ErrorKind kDecimalComma{
    "settlement_report.decimal_comma",
    "{file}, line {line}, column {column_number} ({column}): found {found}; expected {expected}.",
    "Do not change the file. Files with a decimal comma or thousands marks cannot be read yet."};

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

inline constexpr ErrorKind kNotUtf8{
    "settlement_report.not_utf8",
    "{file}, line {line}, column {column_number} ({column}), byte {byte}: found the bytes {found}; "
    "expected {expected}.",
    "Do not change the file. Files in another character set than UTF-8 cannot be read yet."};

inline constexpr ErrorKind kNulByte{
    "settlement_report.nul_byte",
    "{file}, line {line}, column {column_number} ({column}), byte {byte}: found a zero byte; "
    "expected text.",
    "Download the report again; the file is damaged or is not text in UTF-8."};

inline constexpr ErrorKind kLineTooLong{
    "settlement_report.line_too_long",
    "{file}, line {line}: found more than {found} bytes without a line end; expected {expected}.",
    "Check that this is a settlement report; the longest rows known have a few hundred bytes."};

inline constexpr ErrorKind kCutOff{
    "settlement_report.cut_off",
    "{file}, line {line}: the file ends inside this line, after {found}; expected {expected}.",
    "Download the report again, the file is cut off. Only if a person has compared it with "
    "Seller Central and it is whole: add a line end at its end and import that file."};

inline constexpr ErrorKind kSummaryRowLate{
    "settlement_report.summary_row_late",
    "{file}, line {line}: the first {found} bytes hold no summary row; rows before it are kept in "
    "memory up to {expected} bytes.",
    "Read the file from evidence, where the summary row is looked up first."};

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
