// SPDX-License-Identifier: Apache-2.0
#include "formats/records/aws_fields.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/records/fields.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_text = std::size_t{64} * 1024;

bool says_none(std::string_view text) {
  return equals_nocase(text, "NotAvailable") || equals_nocase(text, "Not available") ||
         equals_nocase(text, "None Provided") || equals_nocase(text, "N/A");
}

void add_line(std::string& text, std::string_view line) {
  if (line.empty() || text.size() + line.size() >= max_text) return;
  if (!text.empty()) text += '\n';
  text += line;
}

// "1:2.3-4" of epoch, version and release; an epoch of 0 says nothing.
std::string version_of(const AwsPackage& package) {
  std::string text = package.version.line(200);
  if (text.empty()) return text;
  if (const std::string release = package.release.line(200); !release.empty()) {
    text += "-" + release;
  }
  const std::string epoch = package.epoch.line(20);
  return epoch.empty() || epoch == "0" ? text : epoch + ":" + text;
}

void append(std::string& text, std::string_view before, const std::string& word) {
  if (word.empty()) return;
  text += before;
  text += word;
}

}  // namespace

std::string_view last_part(std::string_view arn) {
  const auto separator = arn.find_last_of("/:");
  return separator == std::string_view::npos ? arn : arn.substr(separator + 1);
}

std::string instance_id_of(std::string_view id_or_arn) {
  const std::string_view id = last_part(trim(id_or_arn));
  if (!id.starts_with("i-") || id.size() < 4 || id.size() > 64) return {};
  const bool hexadecimal = id.find_first_not_of("0123456789abcdef", 2) == std::string_view::npos;
  return hexadecimal ? std::string(id) : std::string();
}

std::string image_name(const EcrImage& image) {
  std::string name;
  if (!image.account.empty() && !image.region.empty()) {
    name = image.account + ".dkr.ecr." + image.region + ".amazonaws.com";
    if (image.partition == "aws-cn") name += ".cn";
    name += '/';
  }
  name += image.repository;
  if (!image.tag.empty())
    name += (image.tag.find(':') == std::string::npos ? ":" : "@") + image.tag;
  return name;
}

std::string name_in_account(const ScannedHost& host, const std::string& name) {
  std::string whole;
  for (const std::string& part : {host.account, host.region, name}) {
    if (!part.empty()) whole += (whole.empty() ? "" : "/") + part;
  }
  return whole;
}

void add_alias(ScannedHost& host, std::string alias) {
  if (alias.empty() || alias == host.name || alias == host.address) return;
  if (std::find(host.aliases.begin(), host.aliases.end(), alias) == host.aliases.end()) {
    host.aliases.push_back(std::move(alias));
  }
}

void add_addresses(ScannedHost& host, const Node& addresses) {
  for (const Node item : addresses.items()) {
    std::string address = item.line(64);
    if (host.address.empty()) {
      host.address = std::move(address);
    } else {
      add_alias(host, std::move(address));
    }
  }
}

void add_package(Finding& finding, const AwsPackage& package) {
  const std::string version = version_of(package);
  Location& location = finding.location;
  if (location.package.empty()) {
    location.package = package.name.line();
    location.package_type = package.manager.line();
    location.installed = version;
    location.path = package.path.line();
  }
  const std::string fixed_in = package.fixed_in.line(500);
  if (!says_none(fixed_in)) add_fix_versions(finding, package.fixed_in);
  add_advice(finding, package.advice);
  std::string text = package.name.line(200);
  append(text, " ", version);
  append(text, " ", package.arch.line(64));
  append(text, " in ", package.path.line(500));
  append(text, " of layer ", package.layer.line(500));
  append(text, ", fixed in ", says_none(fixed_in) ? std::string() : fixed_in);
  add_evidence(finding, text);
}

void put_fix_available(Finding& finding, const Node& word) {
  if (word.is("YES") || word.is("PARTIAL")) finding.fix.available = true;
  if (word.is("NO")) finding.fix.available = false;
  if (!finding.fix.available && !finding.fix.versions.empty()) finding.fix.available = true;
}

void add_advice(Finding& finding, const Node& advice) {
  const std::string text = advice.text();
  const std::string_view line = trim(text);
  if (line.empty() || says_none(line)) return;
  if (finding.fix.solution.find(line) != std::string::npos) return;
  add_line(finding.fix.solution, line);
}

void add_evidence(Finding& finding, std::string_view line) { add_line(finding.evidence, line); }

}  // namespace patchbot
