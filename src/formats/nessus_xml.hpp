// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/input_buffer.hpp"
#include "formats/nessus_fields.hpp"
#include "formats/plugin_memo.hpp"
#include "formats/report.hpp"
#include "formats/xml_scanner.hpp"

namespace patchbot {

/// Reads the .nessus format, version 2: hosts and their items wherever they stand in the document,
/// so that fragments are read too (and said to be fragments). Version 1 is refused.
class NessusXml : public Report {
 public:
  struct Tuning {
    std::size_t chunk = InputBuffer::default_chunk;
    bool memo = true;
  };

  NessusXml(ByteSource& source, const ReportOptions& options, const Tuning& tuning);
  NessusXml(ByteSource& source, const ReportOptions& options) : NessusXml(source, options, {}) {}

  std::string_view format() const override { return "nessus-v2"; }
  Event next() override;
  const ScannedHost& host() const override { return host_; }
  Brief brief() const override { return brief_of(item_, options_.severity_source); }
  std::uint64_t repeat_key() const override { return repeat_key_of(item_); }
  void fill(Finding& finding) const override;
  const ScanFacts& facts() const override { return facts_; }

  const NessusItem& item() const { return item_; }

 private:
  enum class Step : std::uint8_t { more, progress, host, item, host_end, end };

  void refill(const XmlScanner::Mark& mark);
  Step step(const XmlScanner::Mark& mark);
  Step outside_host();
  Step root();
  Step begin_host();
  Step inside_host(const XmlScanner::Mark& mark);
  Step announce_host(XmlScanner::Token token, const XmlScanner::Mark& mark);
  Step end_host();
  Step host_properties();
  void host_property(std::string_view name, std::string_view raw);
  Step item_fields(const char* children);
  void begin_item();
  bool reuse_known_fields(const char* children);
  Step finish_item();
  Step skip_element();
  void preference_leaf();
  void apply_preference(const std::string& value);
  void finish_document();

  ReportOptions options_;
  Tuning tuning_;
  InputBuffer buffer_;
  XmlScanner scanner_;
  PluginMemo memo_;
  NessusItem item_;
  ScannedHost host_;
  ScanFacts facts_;
  std::string preference_;
  bool in_host_ = false;
  bool host_closed_ = false;
  bool host_announced_ = false;
  bool host_started_ = false;
  bool host_ended_ = false;
  std::optional<bool> credentials_by_tag_;
  std::optional<bool> credentials_by_plugin_;
  std::uint64_t items_of_host_ = 0;
  bool stray_items_ = false;
  bool report_seen_ = false;
};

}  // namespace patchbot
