// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

#include <tinyxml2.h>

#include <array>
#include <stdexcept>

#include "base/byte_source.hpp"
#include "base/utf8.hpp"

namespace patchbot::differential {
namespace {

using tinyxml2::XMLElement;

constexpr std::array<const char*, 7> attribute_names{
    "port", "svc_name", "protocol", "severity", "pluginID", "pluginName", "pluginFamily"};

std::string attribute(const XMLElement& element, const char* name) {
  const char* const value = element.Attribute(name);
  return value == nullptr ? std::string() : clean_text(value);
}

std::string text_of(const XMLElement& element) {
  std::string text;
  for (const auto* node = element.FirstChild(); node != nullptr; node = node->NextSibling()) {
    if (const auto* part = node->ToText()) text += part->Value();
  }
  return clean_text(text);
}

bool is_leaf(const XMLElement& element) { return element.FirstChildElement() == nullptr; }

bool is(const XMLElement& element, std::string_view name) { return element.Name() == name; }

template <class Visit>
void each_child(const XMLElement& parent, const Visit& visit) {
  for (const auto* child = parent.FirstChildElement(); child != nullptr;
       child = child->NextSiblingElement()) {
    visit(*child);
  }
}

void apply_tag(SeenHost& host, const std::string& name, const std::string& text) {
  const std::string value = clean_line(text);
  if (name == "host-ip") host.address = value;
  if (name == "ec2-instance-id") host.instance = value;
  if (name == "host-fqdn" || name == "host-rdns" || name == "hostname" || name == "netbios-name") {
    host.aliases.push_back(value);
  }
}

SeenItem item_of(const XMLElement& element, const std::string& host) {
  SeenItem item{host, {}, {}};
  for (const char* name : attribute_names) item.attributes.push_back(attribute(element, name));
  each_child(element, [&](const XMLElement& child) {
    if (is_leaf(child)) item.fields.emplace_back(child.Name(), text_of(child));
  });
  return item;
}

void walk_host(const XMLElement& element, Reading& reading) {
  SeenHost host{clean_line(attribute(element, "name")), {}, {}, {}};
  each_child(element, [&](const XMLElement& child) {
    if (is(child, "HostProperties")) {
      each_child(child, [&](const XMLElement& tag) {
        if (is(tag, "tag") && is_leaf(tag)) apply_tag(host, attribute(tag, "name"), text_of(tag));
      });
    } else if (is(child, "ReportItem")) {
      SeenItem item = item_of(child, host.name);
      const auto& a = item.attributes;
      const bool open_port = a[4] == "0" && a[5].empty() && a[6].empty();
      (open_port ? reading.open_ports : reading.items).push_back(std::move(item));
    }
  });
  reading.hosts.push_back(std::move(host));
}

void walk(const XMLElement& element, Reading& reading) {
  if (is(element, "ReportHost")) {
    walk_host(element, reading);
  } else {
    each_child(element, [&](const XMLElement& child) { walk(child, reading); });
  }
}

SeenItem item_of(const NessusXml& reader) {
  const NessusItem& raw = reader.item();
  SeenItem item{reader.host().name, {}, {}};
  for (std::string_view value : {raw.port,
                                 raw.service,
                                 raw.protocol,
                                 raw.severity,
                                 raw.plugin_id,
                                 raw.plugin_name,
                                 raw.plugin_family}) {
    item.attributes.push_back(raw.text(value));
  }
  const auto take = [&](const NessusField& field) {
    item.fields.emplace_back(field.name, raw.text(field.value));
  };
  if (raw.known_fields != nullptr) {
    for (const NessusField& field : *raw.known_fields) take(field);
  }
  for (const NessusField& field : raw.fields) take(field);
  return item;
}

}  // namespace

Reading read_with_tinyxml2(const std::string& text) {
  tinyxml2::XMLDocument document;
  if (document.Parse(text.data(), text.size()) != tinyxml2::XML_SUCCESS) {
    throw std::runtime_error(std::string("tinyxml2 refuses the text: ") + document.ErrorStr());
  }
  Reading reading;
  walk(*document.RootElement(), reading);
  return reading;
}

Reading read_with_patchbot(std::string_view text, const NessusXml::Tuning& tuning) {
  const auto source = memory_source(text);
  NessusXml reader(*source, {}, tuning);
  Reading reading;
  for (auto event = reader.next(); event != Report::Event::end; event = reader.next()) {
    if (event == Report::Event::finding) reading.items.push_back(item_of(reader));
    if (event == Report::Event::host_end) {
      const ScannedHost& host = reader.host();
      reading.hosts.push_back({host.name, host.address, host.instance, host.aliases});
    }
  }
  return reading;
}

std::string to_text(const SeenItem& item) {
  std::string text = "host=" + item.host;
  for (const std::string& value : item.attributes) text += " [" + value + "]";
  for (const auto& [name, value] : item.fields)
    text.append("\n  ").append(name).append("=").append(value);
  return text;
}

}  // namespace patchbot::differential
