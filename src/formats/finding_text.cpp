// SPDX-License-Identifier: Apache-2.0
#include "formats/finding_text.hpp"

#include <fmt/format.h>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_headline = 1000;
constexpr std::size_t max_title = 300;
constexpr std::size_t max_rule_name = 240;

// A newer version says more; 4.0 and 3.x stand on one scale.
int rank_of(const Cvss& cvss) {
  if (!cvss.score) return 0;
  return cvss.version.starts_with('4') ? 3 : cvss.version.starts_with('3') ? 2 : 1;
}

std::string title_with_ids(const Finding& f) {
  const std::string title = short_line(f.title.empty() ? f.native_id : f.title, max_title);
  const bool told = f.vuln_ids.empty() ||
                    (f.vuln_ids.size() == 1 && title.find(f.vuln_ids[0]) != std::string::npos);
  return told ? title : fmt::format("{} ({})", title, id_list(f, 3));
}

std::string package_text(const Finding& f) {
  std::string text = short_line(f.location.package + " " + f.location.installed, 200);
  if (f.location.package.empty() && !text.empty()) text.insert(0, "installed ");
  if (!f.fix.versions.empty()) {
    text += text.empty() ? "fixed in " : ", fixed in ";
    text += short_line(fmt::format("{}", fmt::join(f.fix.versions, ", ")), 200);
  }
  return text;
}

std::string place_text(const Finding& f) {
  std::string text = short_line(asset_name(f), 200);
  if (f.location.port && *f.location.port != 0) {
    text += fmt::format(", port {}", *f.location.port);
    if (!f.location.protocol.empty()) text += "/" + f.location.protocol;
  }
  return text;
}

std::string cut_with_mark(std::string text, std::size_t limit) {
  if (text.size() <= limit) return text;
  return std::string(cut_utf8(text, limit - 3)) + "...";
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// RFC 3986; brackets may stand around an IPv6 address only, which no reference has.
bool may_stand_in_url(std::string_view url, std::size_t at) {
  const char c = url[at];
  if (c == '%') return at + 2 < url.size() && is_hex(url[at + 1]) && is_hex(url[at + 2]);
  return c > 0x20 && c < 0x7F &&
         std::string_view("\"<>[\\]^`{|}").find(c) == std::string_view::npos;
}

}  // namespace

std::string short_line(std::string_view text, std::size_t limit) {
  return cut_with_mark(clean_line(text), limit);
}

std::string short_text(std::string_view text, std::size_t limit) {
  return cut_with_mark(clean_text(text), limit);
}

std::string id_list(const Finding& f, std::size_t limit) {
  std::string list;
  for (std::size_t i = 0; i < f.vuln_ids.size() && i < limit; ++i) {
    list += (i == 0 ? "" : ", ") + short_line(f.vuln_ids[i], 60);
  }
  if (f.vuln_ids.size() > limit) list += fmt::format(" and {} more", f.vuln_ids.size() - limit);
  return list;
}

std::string headline(const Finding& f) {
  std::string text = title_with_ids(f) + " on " + place_text(f);
  const std::string package = package_text(f);
  if (!package.empty()) text += ": " + package;
  if (f.kev) text += "; exploited in the wild";
  return cut_with_mark(std::move(text), max_headline);
}

std::string waiver_text(const Finding& f) {
  if (!f.waiver) return {};
  return short_line(fmt::format("waived until {} by {}: {} ({})",
                                to_date_text(f.waiver->expires),
                                f.waiver->owner,
                                f.waiver->reason,
                                f.waiver->id),
                    500);
}

std::string rule_name(const Finding& f) {
  std::string name = f.source + "/" + f.native_id;
  const std::string& check = f.location.check_id.empty() ? f.location.check : f.location.check_id;
  if (f.kind == Kind::compliance && !check.empty() && check != f.native_id) name += "/" + check;
  name = clean_line(name);
  if (name.size() <= max_rule_name) return name;
  return std::string(cut_utf8(name, 200)) + "~" + Hasher().add(name).digest().hex();
}

const std::string& asset_name(const Finding& f) {
  return f.asset.name.empty() ? f.asset.id : f.asset.name;
}

bool is_weakness(const Finding& f) {
  return f.status != Status::fixed && f.check_result != CheckResult::passed &&
         f.check_result != CheckResult::skipped;
}

const Cvss* leading_cvss(const Finding& f) {
  const Cvss* best = nullptr;
  for (const Cvss& cvss : f.cvss) {
    if (rank_of(cvss) == 0) continue;
    const bool better = best == nullptr || rank_of(cvss) > rank_of(*best) ||
                        (rank_of(cvss) == rank_of(*best) && *cvss.score > *best->score);
    if (better) best = &cvss;
  }
  return best;
}

std::string web_address(std::string_view url) {
  const bool web = starts_with_nocase(url, "http://") || starts_with_nocase(url, "https://");
  if (!web || url.size() > 2000 || url.size() < 10) return {};
  std::string out;
  for (std::size_t at = 0; at < url.size(); ++at) {
    if (may_stand_in_url(url, at)) {
      out += url[at];
    } else {
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(url[at]));
    }
  }
  return out;
}

std::vector<std::string> web_addresses(const Finding& f, std::size_t limit) {
  std::vector<std::string> found;
  for (const std::string& reference : f.refs) {
    if (found.size() == limit) break;
    std::string address = web_address(reference);
    if (!address.empty()) found.push_back(std::move(address));
  }
  return found;
}

}  // namespace patchbot
