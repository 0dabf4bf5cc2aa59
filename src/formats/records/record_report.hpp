// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/input_buffer.hpp"
#include "formats/records/records.hpp"
#include "formats/report.hpp"

namespace patchbot {

/// A record and what stands around it.
struct Record {
  Node node;
  std::uint16_t kind;  ///< of its RecordPath
  const Context& context;

  Node operator[](std::string_view name) const { return node[name]; }
};

/// Understands the records of one format. One for each report, so it may remember things.
class RecordReader {
 public:
  RecordReader() = default;
  RecordReader(const RecordReader&) = delete;
  RecordReader& operator=(const RecordReader&) = delete;
  virtual ~RecordReader() = default;

  /// How many findings a record holds: nearly always one. A record may hold none and yet show, by
  /// the name of its host, that a machine was scanned.
  virtual std::size_t findings_in(const Record&) { return 1; }

  /// The machine, image or file tree that the record is about.
  virtual ScannedHost host(const Record& record) = 0;

  /// What counts need of a record, where that costs less than all of it: its severity, check
  /// result, status and native id; of a check also its name, or none. Returns whether these are
  /// final; else, as by default, they are what fill says. `finding` is fresh but for its source;
  /// `part` counts from 0 where a record holds several.
  virtual bool fill_brief(const Record&, std::size_t, Finding&) { return false; }

  /// All that the record says, behind fill_brief. What the caller sees to: the asset's id and
  /// owner, the gate, the id.
  virtual void fill(const Record& record, std::size_t part, Finding& finding) = 0;

  /// Called behind findings_in where that is 0, and behind end_document: all other machines that
  /// were scanned by what was just read, where these are many.
  virtual std::vector<ScannedHost> clean_hosts() { return {}; }

  /// Called at the end of each document: what it says of the scan as a whole, and, with a name, the
  /// machine that it is about, which counts as scanned even if nothing was found.
  virtual ScannedHost end_document(const Context&, ScanFacts&) { return {}; }
};

/// A format in JSON, XML or CSV whose findings are records at known paths.
struct RecordFormat {
  std::string_view name;    ///< in the summary
  std::string_view title;   ///< what people call it
  std::string_view source;  ///< of its findings, as the finding contract calls it
  /// What it is recognised by: any of these lines of paths (formats/records/outline.hpp).
  std::span<const std::string_view> marks;
  MakeWalk walk;
  std::span<const RecordPath> records;
  std::span<const ContextPath> contexts;
  std::unique_ptr<RecordReader> (*reader)();
};

/// The report for a format; `source` must be one that can be rewound.
class RecordReport : public Report {
 public:
  RecordReport(ByteSource& source,
               const RecordFormat& format,
               std::size_t chunk = InputBuffer::default_chunk);

  std::string_view format() const override { return format_.name; }
  Event next() override;
  const ScannedHost& host() const override { return host_; }
  Brief brief() const override;
  std::uint64_t repeat_key() const override;
  void fill(Finding& finding) const override { finding = whole(); }
  const ScanFacts& facts() const override { return facts_; }

 private:
  Event take_record();
  Event take_part();
  Record record() const { return {records_.record(), records_.kind(), records_.context()}; }
  const Finding& whole() const;
  bool announce(ScannedHost host);
  void name_it();
  bool announce_next();
  void take_clean_hosts();

  const RecordFormat& format_;
  Records records_;
  std::unique_ptr<RecordReader> reader_;
  std::size_t parts_ = 0;
  std::size_t part_ = 0;
  bool host_known_ = false;
  bool said_unnamed_ = false;
  std::deque<ScannedHost> waiting_;  ///< hosts that remain to be announced
  ScannedHost host_;
  std::string native_id_;  ///< of the brief: that of the finding moves when the rest is read
  std::string check_;      ///< likewise
  // Most findings change nothing but a count: the rest of one is read when it is asked for.
  mutable Finding finding_;
  mutable bool is_whole_ = false;
  ScanFacts facts_;
};

}  // namespace patchbot
