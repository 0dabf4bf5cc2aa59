// SPDX-License-Identifier: Apache-2.0
#include "document.hpp"

#include <array>
#include <utility>

namespace patchbot::differential {
namespace {

constexpr std::array<std::string_view, 12> words_list{"host",
                                                      "kernel",
                                                      "]]",
                                                      "1.2.3",
                                                      "gr\u00f6\u00dfer",
                                                      "\u65e5\u672c",
                                                      "\U0001F600",
                                                      "a>b",
                                                      "it's",
                                                      "\"said\"",
                                                      "tls",
                                                      "-"};

constexpr std::array<std::string_view, 12> references{"&lt;",
                                                      "&gt;",
                                                      "&amp;",
                                                      "&quot;",
                                                      "&apos;",
                                                      "&#65;",
                                                      "&#xd;",
                                                      "&#xe9;",
                                                      "&#x1F600;",
                                                      "&#10;",
                                                      "&#x20AC;",
                                                      "&#9;"};

constexpr std::array<std::string_view, 24> field_names{"cve",
                                                       "cve",
                                                       "bid",
                                                       "xref",
                                                       "synopsis",
                                                       "solution",
                                                       "description",
                                                       "see_also",
                                                       "cwe",
                                                       "fname",
                                                       "plugin_type",
                                                       "risk_factor",
                                                       "cvss_vector",
                                                       "agent",
                                                       "plugin_name",
                                                       "cvss3_base_score",
                                                       "epss_score",
                                                       "iava",
                                                       "script_version",
                                                       "cm:compliance-check-name",
                                                       "exploit_available",
                                                       "plugin_output_",
                                                       "vpr_score",
                                                       "\u00fcnknown"};

constexpr std::array<std::string_view, 6> host_tags{
    "host-ip", "host-fqdn", "netbios-name", "hostname", "operating-system", "ec2-instance-id"};

}  // namespace

Spelling& Spelling::add(std::string_view both) {
  text.append(both);
  plain.append(both);
  return *this;
}

Spelling& Spelling::add(const Spelling& part) {
  text.append(part.text);
  plain.append(part.plain);
  return *this;
}

DocumentMaker::DocumentMaker(std::uint64_t seed, std::size_t long_text)
    : random_(seed), long_text_(long_text) {
  for (int i = 0; i < 6; ++i) {
    plugins_.push_back({std::to_string(1000 + i), attribute_value('"'), own_text()});
  }
  plugins_.push_back({"19506", "Scan Information", own_text()});
  plugins_.push_back({"", "", {}});
}

Spelling DocumentMaker::make() {
  Spelling all;
  if (random_.one_in(4)) all.add("\xEF\xBB\xBF");
  if (!random_.one_in(4)) all.add("<?xml version=\"1.0\" ?>\n");
  all.add(between());
  all.add(start("NessusClientData_v2", {}));
  if (!random_.one_in(3)) all.add(policy());
  all.add(start("Report", {{"name", "r"}, {"xmlns:cm", "http://www.nessus.org/cm"}}));
  for (std::size_t i = 1 + random_.below(4); i > 0; --i) all.add(between()).add(host());
  all.add(end("Report")).add(between()).add(end("NessusClientData_v2")).add(between());
  return all;
}

Spelling DocumentMaker::policy() {
  Spelling all;
  all.add("<Policy><policyName>p</policyName>").add(unknown_child(3)).add("<Preferences>");
  for (std::size_t i = random_.below(4); i > 0; --i) {
    all.add("<preference>").add(leaf("name", {"TARGET", "TARGET"})).add(between());
    all.add(leaf("value")).add("</preference>");
  }
  return all.add("</Preferences></Policy>");
}

Spelling DocumentMaker::host() {
  Spelling all;
  if (random_.one_in(8)) return all.add("<ReportHost name='nobody'/>");
  all.add(start("ReportHost", {{"name", attribute_value('"')}}));
  if (!random_.one_in(4)) all.add(between()).add(properties());
  for (std::size_t i = random_.below(12); i > 0; --i) all.add(between()).add(item());
  if (random_.one_in(4)) all.add(unknown_child(2));
  if (random_.one_in(6))
    all.add("<ReportHost name='inner'><ReportItem pluginID='1'/></ReportHost>");
  if (random_.one_in(6)) all.add(properties());
  return all.add(between()).add(end("ReportHost"));
}

Spelling DocumentMaker::properties() {
  Spelling all;
  if (random_.one_in(4)) return all.add("<HostProperties/>");
  all.add("<HostProperties>");
  for (std::size_t i = random_.below(6); i > 0; --i) {
    all.add(between()).add(start("tag", {{"name", std::string(random_.pick(host_tags))}}));
    all.add(content()).add("</tag>");
  }
  if (random_.one_in(4)) all.add(unknown_child(1));
  return all.add("</HostProperties>");
}

Spelling DocumentMaker::item() {
  Plugin& plugin = plugins_[random_.below(plugins_.size())];
  const std::string id = random_.one_in(10) ? "0" : plugin.id;
  std::vector<std::pair<std::string, std::string>> values{
      {"port", std::to_string(random_.below(70000))},
      {"svc_name", "www?"},
      {"protocol", "TCP"},
      {"severity", std::to_string(random_.below(5))},
      {"pluginID", id},
      {"pluginName", id == "0" ? "" : plugin.name},
      {"pluginFamily", random_.one_in(6) && id != "0" ? "Policy Compliance" : ""}};
  for (std::size_t i = values.size(); i > 1; --i)
    std::swap(values[i - 1], values[random_.below(i)]);
  if (random_.one_in(8)) values.pop_back();
  Spelling all = start("ReportItem", std::move(values));
  if (random_.one_in(12)) return all.add(content()).add(end("ReportItem"));
  if (random_.one_in(8)) plugin.own_text = own_text();
  all.add(random_.one_in(10) ? own_text() : plugin.own_text);
  if (!random_.one_in(4)) all.add(leaf("plugin_output"));
  if (random_.one_in(4)) all.add(own_text());
  return all.add(end("ReportItem"));
}

Spelling DocumentMaker::own_text() {
  Spelling all;
  for (std::size_t i = random_.below(8); i > 0; --i) {
    all.add(random_.one_in(12) ? unknown_child(2) : field()).add(between());
  }
  return all;
}

Spelling DocumentMaker::field() { return leaf(random_.pick(field_names)); }

Spelling DocumentMaker::unknown_child(int depth) {
  Spelling all = start("attachment", {{"name", attribute_value('"')}});
  all.add(content());
  if (depth > 0) all.add(unknown_child(depth - 1)).add(content());
  return all.add(end("attachment"));
}

Spelling DocumentMaker::leaf(std::string_view name) {
  Spelling all;
  const std::string tag(name);
  if (random_.one_in(10)) return all.add("<" + tag + (random_.one_in(2) ? "/>" : " />"));
  if (random_.one_in(10)) return all.add("<" + tag + ">").add(end(name));
  return leaf(name, content());
}

Spelling DocumentMaker::leaf(std::string_view name, const Spelling& text) {
  return start(name, {}).add(text).add(end(name));
}

Spelling DocumentMaker::start(std::string_view name,
                              std::vector<std::pair<std::string, std::string>> values) {
  constexpr std::array<std::string_view, 5> blanks{" ", " ", "\n  ", "\t", "\r\n"};
  std::string tag = "<" + std::string(name);
  for (const auto& [key, value] : values) {
    tag.append(random_.pick(blanks)).append(key).append(random_.one_in(9) ? " = " : "=");
    const bool single = random_.one_in(2) && value.find('\'') == std::string::npos;
    const char quote = single ? '\'' : '"';
    tag.append(1, quote).append(value).append(1, quote);
  }
  Spelling all;
  return all.add(tag + (random_.one_in(9) ? " >" : ">"));
}

// tinyxml2 drops texts of nothing but blanks, so every piece has something to see in it.
Spelling DocumentMaker::content() {
  Spelling all;
  if (random_.one_in(3)) all.add("\n  b ");
  for (std::size_t i = 1 + random_.below(4); i > 0; --i) all.add(piece());
  if (random_.one_in(40)) all.add(words(long_text_ / 4));
  return all;
}

Spelling DocumentMaker::piece() {
  Spelling all;
  switch (random_.below(9)) {
    case 0: return all.add("<![CDATA[<x> & ]] " + words(2) + "]]>t");
    case 1: return all.add("c" + comment() + "d");
    case 2: return all.add(instruction()).add("e");
    case 3: return all.add("l\r\nm\r\n");
    case 4:
    case 5: return all.add("r").add(random_.pick(references)).add(random_.pick(references));
    default: return all.add(words(1 + random_.below(6)));
  }
}

Spelling DocumentMaker::between() {
  Spelling all;
  switch (random_.below(8)) {
    case 0: return all.add(comment());
    case 1: return all.add(instruction());
    case 2: return all.add("\r\n\r\n");
    case 3: return all.add("\n\t ");
    default: return all;
  }
}

Spelling DocumentMaker::instruction() { return {"<?target " + words(2) + " > ?>", ""}; }

std::string DocumentMaker::attribute_value(char quote) {
  std::string value;
  for (std::size_t i = random_.below(5); i > 0; --i) {
    std::string part(random_.one_in(3) ? random_.pick(references) : random_.pick(words_list));
    std::erase(part, quote);
    value += part + (random_.one_in(4) ? "\r\n" : " ");
  }
  return value;
}

std::string DocumentMaker::comment() { return "<!-- <" + words(2) + " & ]]> - -->"; }

// Without what ends a comment or a section.
std::string DocumentMaker::words(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view word = random_.pick(words_list);
    text.append(word == "-" ? "x" : word).append(" ");
  }
  return text;
}

std::string DocumentMaker::end(std::string_view name) {
  return "</" + std::string(name) + (random_.one_in(9) ? " >" : ">");
}

}  // namespace patchbot::differential
