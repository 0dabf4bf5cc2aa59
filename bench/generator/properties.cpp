// SPDX-License-Identifier: Apache-2.0
#include "properties.hpp"

#include <array>
#include <chrono>
#include <string_view>

#include "text.hpp"

namespace patchbot::bench {
namespace {

void add_tag(std::string& out, std::string_view name, std::string_view value) {
  out.append("<tag name=\"").append(name).append("\">").append(value).append("</tag>\n");
}

/// Like ctime: `Sat Nov  7 05:00:00 2026`
std::string local_time(std::uint64_t seconds) {
  constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> months{
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::chrono::sys_days date{std::chrono::days{seconds / 86'400}};
  const std::chrono::year_month_day civil{date};
  const std::string day = number(static_cast<unsigned>(civil.day()));
  return join({days[std::chrono::weekday{date}.c_encoding()],
               " ",
               months[static_cast<unsigned>(civil.month()) - 1],
               day.size() == 1 ? "  " : " ",
               day,
               " ",
               number(seconds / 3600 % 24, 2),
               ":",
               number(seconds / 60 % 60, 2),
               ":",
               number(seconds % 60, 2),
               " ",
               std::to_string(static_cast<int>(civil.year()))});
}

void add_patch_summary(std::string& out, Prng& prng) {
  const std::string key = hex(prng, 32);
  add_tag(out, join({"patch-summary-cve-num-", key}), number(prng.between(1, 40)));
  add_tag(out,
          join({"patch-summary-txt-", key}),
          join({"Sample package &lt; ", version(prng), ": update it"}));
}

}  // namespace

void add_properties(std::string& out, Prng& prng, const Instance& instance) {
  const bool windows = instance.service->windows;
  out += "<HostProperties>\n";
  add_tag(out, "HOST_END_TIMESTAMP", std::to_string(instance.ended));
  add_tag(out, "HOST_END", local_time(instance.ended));
  for (int i = 0; i < 3; ++i) add_patch_summary(out, prng);
  add_tag(out, "LastAuthenticatedResults", std::to_string(instance.ended));
  add_tag(out, "Credentialed_Scan", "true");
  add_tag(out, "policy-used", "Weekly image scan");
  add_tag(out, "os", windows ? "windows" : "linux");
  add_tag(out, "operating-system", windows ? "Microsoft Windows Server 2022" : "Linux Kernel 6.1");
  add_tag(out, "system-type", "general-purpose");
  add_tag(out, "cpe-0", "cpe:/o:sample:os -&gt; Sample operating system");
  add_tag(out, "local-checks-proto", windows ? "smb" : "ssh");
  add_tag(out, "mac-address", join({"02:00:00:", hex(prng, 2), ":", hex(prng, 2), ":00"}));
  add_tag(out, "host-uuid", hex(prng, 32));
  add_tag(out, "host-rdns", instance.host_name);
  add_tag(out, "host-fqdn", instance.host_name);
  add_tag(out, "host-fqdns", join({"[{&quot;FQDN&quot;:&quot;", instance.host_name, "&quot;}]"}));
  add_tag(out, "host-ip", instance.address);
  add_tag(out, "HOST_START_TIMESTAMP", std::to_string(instance.started));
  add_tag(out, "HOST_START", local_time(instance.started));
  out += "</HostProperties>\n";
}

}  // namespace patchbot::bench
