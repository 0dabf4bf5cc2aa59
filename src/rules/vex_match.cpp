// SPDX-License-Identifier: Apache-2.0
#include "rules/vex_match.hpp"

#include <algorithm>
#include <string>

#include "base/text.hpp"
#include "rules/image_name.hpp"

namespace patchbot {
namespace {

Fit both(Fit a, Fit b) { return std::min(a, b); }
Fit either(Fit a, Fit b) { return std::max(a, b); }

// Epoch 0 may be left out.
std::string version_key(std::string_view version, std::string_view epoch) {
  std::string text(version);
  if (!epoch.empty() && version.find(':') == std::string_view::npos) {
    text = std::string(epoch) + ":" + text;
  }
  return text.starts_with("0:") ? text.substr(2) : text;
}

Fit fit_version(const std::string& wanted, const std::string& installed) {
  if (wanted.empty()) return Fit::yes;
  if (installed.empty()) return Fit::maybe;
  return wanted == installed ? Fit::yes : Fit::no;
}

// A finding that does not say for which architecture or distribution its package is may be meant.
Fit fit_qualifiers(const Purl& wanted, const Purl& found) {
  Fit fit = wanted.subpath.empty() || wanted.subpath == found.subpath ? Fit::yes : Fit::maybe;
  for (const auto& [key, value] : wanted.qualifiers) {
    if (key == "epoch" || (key == "type" && value == "jar")) continue;
    const std::string other = found.qualifier(key);
    if (equals_nocase(other, value)) continue;
    fit = both(fit, key == "arch" && !other.empty() ? Fit::no : Fit::maybe);
  }
  return fit;
}

Fit fit_purls(const Purl& wanted, const Purl& found, const std::string& installed) {
  if (wanted.type != found.type || wanted.name != found.name) return Fit::no;
  Fit fit = Fit::yes;
  if (wanted.name_space != found.name_space) {
    const bool unsaid = wanted.name_space.empty() || found.name_space.empty();
    if (!wanted.is_of_system() || !unsaid) return Fit::no;
    fit = Fit::maybe;
  }
  const std::string version = found.version.empty() ? installed : found.version;
  const std::string wanted_version = version_key(wanted.version, wanted.qualifier("epoch"));
  return both(both(fit, fit_qualifiers(wanted, found)),
              fit_version(wanted.version.empty() ? "" : wanted_version,
                          version_key(version, found.qualifier("epoch"))));
}

// "group:artifact" and "group/artifact" are one.
std::string name_key(std::string_view name) {
  std::string key = to_lower(name);
  std::replace(key.begin(), key.end(), ':', '/');
  return key;
}

bool is_same_name(std::string_view a, std::string_view b) { return name_key(a) == name_key(b); }

std::string whole_name(const Purl& purl) {
  const bool is_plain = purl.name_space.empty() || purl.is_of_system();
  return is_plain ? purl.name : purl.name_space + "/" + purl.name;
}

// By the type that a scanner writes: "deb", or the distribution, "debian". "OS" says as much as
// that the package is one of the system's, and another word, or none, says nothing.
Fit fit_type(const Purl& wanted, const std::string& package_type, Runs runs) {
  const Fit unsaid = runs == Runs::here ? Fit::yes : Fit::maybe;  // a person has looked
  const std::string_view type = purl_type_of(package_type);
  if (type.empty()) {
    const bool is_system = equals_nocase(package_type, "os");
    return is_system && !wanted.is_of_system() ? Fit::no : unsaid;
  }
  if (type != wanted.type) return Fit::no;
  const bool is_settled = !wanted.is_of_system() || wanted.name_space.empty() ||
                          equals_nocase(package_type, wanted.name_space);
  return is_settled ? Fit::yes : unsaid;
}

// A finding without a package URL still has a name, often a type, and a version.
Fit fit_purl_by_name(const Purl& wanted, const Location& location, Runs runs) {
  const Fit type = fit_type(wanted, location.package_type, runs);
  if (type == Fit::no) return Fit::no;
  std::string name = location.package;
  if (wanted.type == "pypi") std::replace(name.begin(), name.end(), '_', '-');
  if (!is_same_name(whole_name(wanted), name)) return Fit::no;
  if (wanted.version.empty()) return type;
  return both(type,
              fit_version(version_key(wanted.version, wanted.qualifier("epoch")),
                          version_key(location.installed, "")));
}

Fit fit_package(const VexProduct& product, const Finding& finding, Runs runs) {
  const Location& location = finding.location;
  if (location.package.empty() && location.purl.empty()) return Fit::no;
  Fit fit = Fit::no;
  const auto found = parse_purl(location.purl);
  for (const Purl& purl : product.purls) {
    fit = either(fit,
                 found ? fit_purls(purl, *found, location.installed)
                       : fit_purl_by_name(purl, location, runs));
  }
  if (product.purls.empty() && !product.name.empty() &&
      is_same_name(product.name, location.package)) {
    fit = fit_version(version_key(product.version, ""), version_key(location.installed, ""));
    if (product.is_vague) fit = Fit::maybe;
  }
  return product.is_vague ? both(fit, Fit::maybe) : fit;
}

Fit fit_asset(const VexProduct& product, const Finding& finding) {
  Fit fit = Fit::no;
  const ImageName image = parse_image_name(finding.asset.name);
  for (const Purl& purl : product.purls) {
    if (purl.is_image()) fit = either(fit, fit_image(purl, image));
  }
  if (product.purls.empty() && !product.name.empty()) {
    const std::string& name = product.name;
    if (equals_nocase(name, finding.asset.name) || equals_nocase(name, finding.asset.id)) {
      fit = product.version.empty() || product.version == image.tag ? Fit::yes : Fit::maybe;
    } else if (equals_nocase(name, image.repository)) {
      fit = fit_version(product.version, image.tag);
    }
  }
  return product.is_vague ? both(fit, Fit::maybe) : fit;
}

// Behind namespaces and hosts, as all comparisons of names see it.
void add_last_word(std::vector<std::string>& words, std::string_view name) {
  std::string word = name_key(name);
  word.erase(0, word.rfind('/') + 1);  // all of it without a slash
  std::replace(word.begin(), word.end(), '_', '-');
  const bool is_new = std::find(words.begin(), words.end(), word) == words.end();
  if (!word.empty() && is_new) words.push_back(std::move(word));
}

bool is_package(const VexProduct& product) {
  return std::any_of(product.purls.begin(), product.purls.end(), [](const Purl& purl) {
    return !purl.is_image();
  });
}

}  // namespace

Fit fit_of(const VexDocument& document,
           const VexSubject& subject,
           const Finding& finding,
           Runs runs) {
  const VexProduct& product = document.products[subject.product];
  const Fit here = runs == Runs::here ? Fit::yes : Fit::no;
  if (subject.component) {
    const Fit package = fit_package(document.products[*subject.component], finding, runs);
    return package == Fit::no ? package : both(package, either(fit_asset(product, finding), here));
  }
  const bool names_package = product.purls.empty() && !finding.location.package.empty() &&
                             is_same_name(product.name, finding.location.package);
  if (is_package(product) || names_package) return fit_package(product, finding, runs);
  return either(fit_asset(product, finding), here);
}

std::vector<std::string> match_words(const VexDocument& document, const VexSubject& subject) {
  const VexProduct& product = document.products[subject.component.value_or(subject.product)];
  std::vector<std::string> words;
  add_last_word(words, product.name);
  for (const Purl& purl : product.purls) {
    add_last_word(words, purl.name);
    add_last_word(words, purl.qualifier("repository_url"));
  }
  return words;
}

std::vector<std::string> match_words(const Finding& finding) {
  std::vector<std::string> words;
  add_last_word(words, finding.location.package);
  if (const auto purl = parse_purl(finding.location.purl)) add_last_word(words, purl->name);
  add_last_word(words, finding.asset.name);
  add_last_word(words, finding.asset.id);
  add_last_word(words, parse_image_name(finding.asset.name).repository);
  return words;
}

bool names_version(const VexDocument& document, const VexSubject& subject) {
  const VexProduct& product = document.products[subject.component.value_or(subject.product)];
  const auto has_version = [](const Purl& purl) { return !purl.version.empty(); };
  return !product.version.empty() ||
         std::any_of(product.purls.begin(), product.purls.end(), has_version);
}

bool is_recognisable(const VexDocument& document, const VexSubject& subject, Runs runs) {
  const VexProduct& product = document.products[subject.product];
  if (!subject.component) return product.is_known() || runs == Runs::here;
  const bool is_place = product.is_known() && !is_package(product);
  return document.products[*subject.component].is_known() && (is_place || runs == Runs::here);
}

}  // namespace patchbot
