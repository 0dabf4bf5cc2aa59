// SPDX-License-Identifier: Apache-2.0
#include "formats/nessus_xml.hpp"

#include <chrono>
#include <span>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/xml_text.hpp"

namespace patchbot {
namespace {

using Token = XmlScanner::Token;

// Long texts outside hosts are plugin lists of the policy: nobody needs them, so none is buffered.
constexpr std::size_t policy_leaf_limit = std::size_t{1024} * 1024;

constexpr long last_second = 253402300799;  // of the year 9999, where RFC 3339 ends

std::string_view rest_of(const InputBuffer& buffer, const char* from) {
  return {from, static_cast<std::size_t>(buffer.end() - from)};
}

std::vector<std::string> split_targets(std::string_view text) {
  std::vector<std::string> targets;
  for (std::string_view line : split(text, '\n')) {
    for (std::string_view part : split(line, ',')) {
      if (const auto target = trim(part); !target.empty()) targets.emplace_back(target);
    }
  }
  return targets;
}

// What a plugin says of itself, the same for every host: the fields before its output. It can be
// kept as bytes if it is made of plain leaves only.
struct OwnText {
  const char* end = nullptr;
  std::size_t fields = 0;
  bool can_be_kept = true;

  void see(Token token, const XmlScanner& scanner, std::size_t fields_before) {
    if (end != nullptr) return;
    const bool output = token == Token::leaf && scanner.name() == "plugin_output";
    if (output || token == Token::close) {
      end = scanner.token_begin();
      fields = fields_before;
    } else if (token == Token::open || !scanner.is_text_in_window()) {
      can_be_kept = false;
    }
  }
};

bool is_positive(std::string_view word) {
  return equals_nocase(word, "yes") || equals_nocase(word, "true");
}

}  // namespace

NessusXml::NessusXml(ByteSource& source, const ReportOptions& options, const Tuning& tuning)
    : options_(options), tuning_(tuning), buffer_(source, tuning.chunk), scanner_(buffer_) {
  scanner_.set_leaf_limit(policy_leaf_limit);
}

Report::Event NessusXml::next() {
  for (;;) {
    const XmlScanner::Mark mark = scanner_.mark();
    switch (step(mark)) {
      case Step::more: refill(mark); break;
      case Step::progress: break;
      case Step::host: return Event::host;
      case Step::item: return Event::finding;
      case Step::host_end: return Event::host_end;
      case Step::end: return Event::end;
    }
  }
}

// Between the root's tags and outside hosts a step is one token: what the scanner has left behind
// before it, such as the middle of a long text, need not be held.
void NessusXml::refill(const XmlScanner::Mark& mark) {
  const XmlScanner::Mark from = in_host_ || scanner_.depth() == 0 ? mark : scanner_.mark();
  scanner_.rewind(from, buffer_.refill(from.place));
}

NessusXml::Step NessusXml::step(const XmlScanner::Mark& mark) {
  return in_host_ ? inside_host(mark) : outside_host();
}

// ---- policy, report and what lies around the hosts

NessusXml::Step NessusXml::outside_host() {
  switch (scanner_.next()) {
    case Token::more: return Step::more;
    case Token::finish: finish_document(); return Step::end;
    case Token::close: return Step::progress;
    case Token::leaf:
      if (scanner_.depth() == 0) return root();
      preference_leaf();
      return Step::progress;
    case Token::open: break;
  }
  if (scanner_.depth() == 1) return root();
  if (scanner_.name() == "Report") report_seen_ = true;
  if (scanner_.name() == "ReportItem") stray_items_ = true;
  return scanner_.name() == "ReportHost" ? begin_host() : Step::progress;
}

NessusXml::Step NessusXml::root() {
  const std::string_view name = scanner_.name();
  if (name == "NessusClientData_v2") return Step::progress;
  if (name == "NessusClientData") {
    scanner_.fail(scanner_.token_begin(),
                  "a version 1 export (Nessus 4 and older), which is not supported; export the "
                  "scan as .nessus version 2");
  }
  if (name != "Report" && name != "ReportHost") {
    scanner_.fail(scanner_.token_begin(),
                  "root element <" + clean_line(cut_utf8(name, 60)) +
                      "> is not one of a Nessus export; expected <NessusClientData_v2>");
  }
  facts_.problems.push_back("is a fragment of an export (root element <" + std::string(name) +
                            ">), so hosts may be missing");
  report_seen_ = true;
  return name == "ReportHost" ? begin_host() : Step::progress;
}

void NessusXml::preference_leaf() {
  if (scanner_.name() == "name") {
    preference_ = clean_xml(scanner_.text());
    // The targets of a large scan are wanted however long they are.
    scanner_.set_leaf_limit(preference_ == "TARGET" ? SIZE_MAX : policy_leaf_limit);
  } else if (scanner_.name() == "value") {
    apply_preference(clean_xml(scanner_.text()));
    preference_.clear();
    scanner_.set_leaf_limit(policy_leaf_limit);
  } else if (scanner_.name() == "ReportHost") {
    begin_host();
    host_closed_ = true;
  } else if (scanner_.name() == "Report") {
    report_seen_ = true;
  }
}

void NessusXml::apply_preference(const std::string& value) {
  if (preference_ == "TARGET") facts_.targets = split_targets(value);
  const bool trims =
      preference_ == "LICENSE_ENFORCED_TRIM" || preference_ == "LICENSE_ENFORCED_LIMIT";
  const std::string_view word = trim(value);
  if (trims && !word.empty() && word != "0" && !equals_nocase(word, "no") &&
      !equals_nocase(word, "false")) {
    facts_.limits.push_back(preference_ + " = " + clean_line(cut_utf8(value, 200)));
  }
}

void NessusXml::finish_document() {
  if (stray_items_) facts_.problems.emplace_back("holds items outside of hosts, or hosts in hosts");
  if (!report_seen_) facts_.problems.emplace_back("holds a policy but no report");
}

// ---- a host

NessusXml::Step NessusXml::begin_host() {
  host_ = {};
  host_.name = clean_line(decode_xml(scanner_.attribute("name")));
  in_host_ = true;
  report_seen_ = true;
  host_announced_ = host_started_ = host_ended_ = false;
  credentials_by_tag_ = credentials_by_plugin_ = {};
  items_of_host_ = 0;
  scanner_.set_leaf_limit(SIZE_MAX);
  return Step::progress;
}

NessusXml::Step NessusXml::inside_host(const XmlScanner::Mark& mark) {
  const Token token = host_closed_ ? Token::close : scanner_.next();
  if (token == Token::more) return Step::more;
  const bool properties = token != Token::close && scanner_.name() == "HostProperties";
  if (!host_announced_ && !properties) return announce_host(token, mark);
  if (token == Token::close || token == Token::finish) return end_host();  // finish: <ReportHost/>
  if (scanner_.name() == "ReportItem") {
    return item_fields(token == Token::leaf ? nullptr : scanner_.place());
  }
  if (token == Token::leaf) return Step::progress;
  if (scanner_.name() == "ReportHost") stray_items_ = true;
  return properties ? host_properties() : skip_element();
}

// What follows the properties is read again once the caller knows the host.
NessusXml::Step NessusXml::announce_host(XmlScanner::Token token, const XmlScanner::Mark& mark) {
  host_announced_ = true;
  host_closed_ = token == Token::close;
  if (!host_closed_) scanner_.rewind(mark, mark.place);
  return Step::host;
}

NessusXml::Step NessusXml::end_host() {
  in_host_ = host_closed_ = false;
  scanner_.set_leaf_limit(policy_leaf_limit);
  // An old export has no times; what was found out shows that the host was scanned. Evidence that
  // contradicts itself counts as the worse.
  const bool found_out = items_of_host_ > 0 || credentials_by_tag_.has_value();
  host_.finished = host_ended_ || (!host_started_ && found_out);
  host_.authenticated = credentials_by_tag_ ? credentials_by_tag_ : credentials_by_plugin_;
  if (credentials_by_plugin_ == false) host_.authenticated = false;
  return Step::host_end;
}

NessusXml::Step NessusXml::host_properties() {
  const std::size_t known_aliases = host_.aliases.size();
  for (;;) {
    const Token token = scanner_.next();
    if (token == Token::close) return Step::progress;
    if (token == Token::more || (token == Token::open && skip_element() == Step::more)) {
      host_.aliases.resize(known_aliases);  // all will be read again
      return Step::more;
    }
    if (token == Token::leaf && scanner_.name() == "tag") {
      host_property(scanner_.attribute("name"), scanner_.text());
    }
  }
}

void NessusXml::host_property(std::string_view name, std::string_view raw) {
  const auto value = [raw] { return clean_line(decode_xml(raw)); };
  if (name == "host-ip") {
    host_.address = value();
  } else if (name == "host-fqdn" || name == "host-rdns" || name == "hostname" ||
             name == "netbios-name") {
    host_.aliases.push_back(value());
  } else if (name == "aws-instance-instance-id" || name == "aws-instance-instanceId" ||
             name == "ec2-instance-id") {
    host_.instance = value();
  } else if (name == "Credentialed_Scan") {
    credentials_by_tag_ = is_positive(value());
  } else if (name == "HOST_START" || name == "HOST_START_TIMESTAMP") {
    host_started_ = true;
  } else if (name == "HOST_END" || name == "HOST_END_TIMESTAMP") {
    host_ended_ = host_ended_ || !trim(raw).empty();
    const auto seconds = parse_integer(raw);
    const bool sane = seconds && *seconds >= 0 && *seconds <= last_second;
    if (name == "HOST_END_TIMESTAMP" && sane) host_.seen_at = Time(std::chrono::seconds(*seconds));
  }
}

NessusXml::Step NessusXml::skip_element() {
  const std::size_t depth = scanner_.depth();
  while (scanner_.depth() >= depth) {
    if (scanner_.next() == Token::more) return Step::more;
  }
  return Step::progress;
}

// ---- an item

// `children` is where the fields begin; null for an item without any.
NessusXml::Step NessusXml::item_fields(const char* children) {
  begin_item();
  if (children == nullptr) return finish_item();
  const bool known = tuning_.memo && reuse_known_fields(children);
  OwnText own;
  for (Token token = Token::leaf; token != Token::close;) {
    token = scanner_.next();
    if (token == Token::more) return Step::more;
    own.see(token, scanner_, item_.fields.size());
    if (token == Token::leaf) item_.fields.push_back({scanner_.name(), scanner_.text()});
    if (token == Token::open && skip_element() == Step::more) return Step::more;
  }
  if (tuning_.memo && !known && own.can_be_kept) {
    memo_.learn(item_.plugin_id,
                {children, static_cast<std::size_t>(own.end - children)},
                std::span(item_.fields).first(own.fields));
  }
  return finish_item();
}

void NessusXml::begin_item() {
  item_.fields.clear();
  item_.known_fields = nullptr;
  item_.known_finding = nullptr;
  item_.port = scanner_.attribute("port");
  item_.service = scanner_.attribute("svc_name");
  item_.protocol = scanner_.attribute("protocol");
  item_.severity = scanner_.attribute("severity");
  item_.plugin_id = scanner_.attribute("pluginID");
  item_.plugin_name = scanner_.attribute("pluginName");
  item_.plugin_family = scanner_.attribute("pluginFamily");
}

bool NessusXml::reuse_known_fields(const char* children) {
  PluginMemo::Entry* known = memo_.find(item_.plugin_id, rest_of(buffer_, children));
  if (known == nullptr) return false;
  item_.known_fields = &known->fields;
  item_.known_finding = &known->finding;
  scanner_.skip_to(children + known->text.size());
  return true;
}

// Open-port records of old scanners are no findings: they name no plugin.
NessusXml::Step NessusXml::finish_item() {
  if (item_.plugin_id == "0" && item_.plugin_name.empty() && item_.plugin_family.empty()) {
    return Step::progress;
  }
  ++items_of_host_;
  if (item_.plugin_id == scan_information_plugin) {
    credentials_by_plugin_ = credentialed_checks(item_.text(item_.field("plugin_output")));
  }
  return Step::item;
}

void NessusXml::fill(Finding& finding) const {
  fill_finding(finding, item_, options_.severity_source);
  finding.asset.name = host_.name;
  finding.asset.address = host_.address;
  finding.asset.instance = host_.instance;
  finding.seen_at = host_.seen_at;
}

}  // namespace patchbot
