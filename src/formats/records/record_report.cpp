// SPDX-License-Identifier: Apache-2.0
#include "formats/records/record_report.hpp"

#include <functional>
#include <utility>

#include "base/utf8.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_id = 256;

bool is_same_host(const ScannedHost& a, const ScannedHost& b) {
  return a.name == b.name && a.address == b.address && a.instance == b.instance &&
         a.account == b.account && a.region == b.region && a.seen_at == b.seen_at &&
         a.authenticated == b.authenticated;
}

}  // namespace

RecordReport::RecordReport(ByteSource& source, const RecordFormat& format, std::size_t chunk)
    : format_(format),
      records_(source, format.walk, format.records, format.contexts, chunk),
      reader_(format.reader()) {}

Report::Event RecordReport::next() {
  if (part_ < parts_) return take_part();
  for (;;) {
    if (announce_next()) return Event::host;
    switch (records_.next()) {
      case Walk::Event::end: return Event::end;
      case Walk::Event::document_end: {
        const auto& problems = records_.problems();
        facts_.problems.insert(facts_.problems.end(), problems.begin(), problems.end());
        waiting_.push_back(reader_->end_document(records_.context(), facts_));
        take_clean_hosts();
        break;
      }
      case Walk::Event::record:
        if (const Event event = take_record(); event != Event::end) return event;
        break;
    }
  }
}

// `end` stands for a record without findings, unless it shows another machine that was scanned.
Report::Event RecordReport::take_record() {
  const Record current = record();
  parts_ = reader_->findings_in(current);
  part_ = 0;
  if (parts_ > 0) return announce(reader_->host(current)) ? Event::host : take_part();
  waiting_.push_back(reader_->host(current));
  take_clean_hosts();
  return Event::end;
}

void RecordReport::take_clean_hosts() {
  for (ScannedHost& host : reader_->clean_hosts()) waiting_.push_back(std::move(host));
}

// Of the hosts without findings that wait: the next that has a name and is news.
bool RecordReport::announce_next() {
  while (!waiting_.empty()) {
    ScannedHost host = std::move(waiting_.front());
    waiting_.pop_front();
    if (!host.name.empty() && announce(std::move(host))) return true;
  }
  return false;
}

Report::Event RecordReport::take_part() {
  static const Finding fresh;
  finding_ = fresh;  // what it has allocated stays
  finding_.source = format_.source;
  is_whole_ = false;
  if (!reader_->fill_brief(record(), part_++, finding_) || finding_.native_id.empty()) whole();
  if (finding_.native_id.empty()) name_it();
  native_id_ = cut_utf8(finding_.native_id, max_id);
  check_ = finding_.location.check;
  return Event::finding;
}

const Finding& RecordReport::whole() const {
  if (is_whole_) return finding_;
  is_whole_ = true;
  reader_->fill(record(), part_ - 1, finding_);
  finding_.native_id = cut_utf8(finding_.native_id, max_id);
  finding_.asset.name = host_.name;
  finding_.asset.address = host_.address;
  if (!finding_.seen_at) finding_.seen_at = host_.seen_at;
  return finding_;
}

// Nobody could look it up, waive it or tell it from the next one.
void RecordReport::name_it() {
  finding_.native_id =
      finding_.vuln_ids.empty() ? "unnamed" : cut_utf8(finding_.vuln_ids.front(), max_id);
  if (finding_.title.empty()) finding_.title = finding_.native_id;
  if (!finding_.vuln_ids.empty() || said_unnamed_) return;
  said_unnamed_ = true;
  facts_.remarks.emplace_back("holds a record without the id of what was found");
}

bool RecordReport::announce(ScannedHost host) {
  if (host.name.empty()) host.name = host.address.empty() ? host.instance : host.address;
  if (host.name.empty()) host.name = nameless_host;
  if (host_known_ && is_same_host(host, host_)) return false;
  host_ = std::move(host);
  host_known_ = true;
  return true;
}

Brief RecordReport::brief() const {
  return {finding_.severity,
          finding_.check_result,
          native_id_,
          check_,
          finding_.status == Status::fixed};
}

std::uint64_t RecordReport::repeat_key() const {
  const std::hash<std::string_view> hash;
  const Location& at = whole().location;
  std::uint64_t key = static_cast<std::uint64_t>(at.port.value_or(-1));
  for (std::string_view part : {std::string_view(finding_.source),
                                std::string_view(finding_.native_id),
                                std::string_view(at.protocol),
                                std::string_view(at.package),
                                std::string_view(at.path),
                                std::string_view(at.benchmark),
                                std::string_view(at.check_id.empty() ? at.check : at.check_id)}) {
    key = (key ^ hash(part)) * 0x9E3779B97F4A7C15U;
  }
  return key;
}

}  // namespace patchbot
