// SPDX-License-Identifier: Apache-2.0
#include "host.hpp"

#include <array>
#include <string_view>

#include "compliance.hpp"
#include "properties.hpp"

namespace patchbot::bench {
namespace {

constexpr std::size_t findings_per_host = 101;

struct Port {
  std::string_view number;
  std::string_view service;
  std::string_view protocol;
};

constexpr std::array<Port, 8> ports{{{"22", "ssh", "tcp"},
                                     {"443", "www", "tcp"},
                                     {"80", "www", "tcp"},
                                     {"8443", "https-alt?", "tcp"},
                                     {"5432", "postgresql", "tcp"},
                                     {"53", "dns", "udp"},
                                     {"123", "ntp", "udp"},
                                     {"9090", "unknown", "tcp"}}};
constexpr Port host_level{"0", "general", "tcp"};

void begin_item(std::string& out, const Port& port, std::string_view attributes) {
  out += join({"<ReportItem port=\"",
               port.number,
               "\" svc_name=\"",
               port.service,
               "\" protocol=\"",
               port.protocol,
               "\"",
               attributes});
}

std::size_t output_size(Prng& prng, const Shape& shape) {
  if (prng.below(1000) < shape.huge_per_mille) return prng.between(50'000, 70'000);
  return shape.output_bytes / 4 + prng.below(shape.output_bytes * 3 / 2);
}

void add_finding(std::string& out, Prng& prng, const Catalogue& catalogue, const Plugin& plugin) {
  begin_item(out, plugin.local ? host_level : prng.pick(ports), plugin.attributes);
  out += plugin.before_output;
  if (prng.chance(catalogue.shape.output_percent)) {
    out += "<plugin_output>\n";
    catalogue.pool.add_lines(out, prng, output_size(prng, catalogue.shape));
    out += "</plugin_output>\n";
  }
  out.append(plugin.after_output).append("</ReportItem>\n");
}

/// The service's image decides the findings; each instance drifts a little from it.
void add_findings(std::string& out,
                  Prng& prng,
                  const Catalogue& catalogue,
                  const Service& service) {
  Prng image(service.seed);
  std::vector<bool> seen(catalogue.plugins.size());
  for (std::size_t i = 0; i < findings_per_host; ++i) {
    const std::size_t common = image.skewed(catalogue.plugins.size());
    const bool drifts = prng.chance(5);
    const std::size_t index = drifts ? prng.skewed(catalogue.plugins.size()) : common;
    const Plugin& plugin = catalogue.plugins[index];
    const bool repeats = prng.chance(plugin.local ? 2 : 25);  // on another port
    if (!seen[index]) add_finding(out, prng, catalogue, plugin);
    if (!seen[index] && repeats) add_finding(out, prng, catalogue, plugin);
    seen[index] = true;
  }
}

void add_scan_information(std::string& out, const Instance& instance) {
  const std::string duration = number(instance.ended - instance.started);
  begin_item(out,
             host_level,
             " severity=\"0\" pluginID=\"19506\" pluginName=\"Nessus Scan Information\""
             " pluginFamily=\"Settings\">\n");
  add_element(out, "description", "Facts about the scan of this host.");
  add_element(out, "plugin_name", "Nessus Scan Information");
  add_element(out, "plugin_type", "summary");
  add_element(out, "risk_factor", "None");
  add_element(out, "solution", "n/a");
  add_element(out, "synopsis", "How this host was scanned.");
  add_element(out,
              "plugin_output",
              join({"Facts about this scan :\n\nNessus version : 10.10.1\n"
                    "Plugin feed version : 202611070410\nCredentialed checks : yes\n"
                    "Scan Start Date : 2026/11/7 5:00 UTC\nScan duration : ",
                    duration,
                    " sec\n"}));
  out += "</ReportItem>\n";
}

}  // namespace

void add_host(std::string& out, Prng& prng, const Catalogue& catalogue, const Instance& instance) {
  out += join({"<ReportHost name=\"", instance.report_name, "\">"});
  add_properties(out, prng, instance);
  add_scan_information(out, instance);
  add_findings(out, prng, catalogue, *instance.service);
  if (instance.service->compliance) add_compliance(out, prng);
  out += "</ReportHost>\n";
}

}  // namespace patchbot::bench
