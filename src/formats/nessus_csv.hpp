// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "formats/csv_scanner.hpp"
#include "formats/nessus_fields.hpp"
#include "formats/report.hpp"

namespace patchbot {

/// Whether the first line of a text names the columns of a Nessus, Tenable or Security Center CSV.
bool is_nessus_csv_header(std::string_view first_line);

/// Reads the CSV exports of Nessus, Tenable Vulnerability Management, Web App Scanning and Security
/// Center. These write one row per CVE: rows that differ in nothing else are one finding.
class NessusCsv : public Report {
 public:
  NessusCsv(ByteSource& source,
            const ReportOptions& options,
            std::size_t chunk = InputBuffer::default_chunk);

  std::string_view format() const override { return "nessus-csv"; }
  Event next() override;
  const ScannedHost& host() const override { return host_; }
  Brief brief() const override { return brief_of(item_, options_.severity_source); }
  std::uint64_t repeat_key() const override { return repeat_key_of(item_); }
  void fill(Finding& finding) const override;
  const ScanFacts& facts() const override { return facts_; }

 private:
  void read_header();
  std::string_view cell(const CsvRow& row, std::string_view field) const;
  bool continues(const CsvRow& row) const;
  void begin_item();
  bool next_host();
  void check_width();
  void check_last_row();

  ReportOptions options_;
  InputBuffer buffer_;
  CsvScanner scanner_;
  std::vector<std::string_view> columns_;  ///< the field of each column, empty where unused
  CsvRow row_;
  CsvRow ahead_;
  bool has_ahead_ = false;
  std::exception_ptr ahead_failed_;
  bool row_is_new_ = false;
  bool width_reported_ = false;
  bool has_host_ = false;
  std::vector<std::string> more_cves_;
  NessusItem item_;
  ScannedHost host_;
  ScanFacts facts_;
};

}  // namespace patchbot
