// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

/// Vocabulary of the generated report. All of it is made up.
// clang-format off
namespace patchbot::bench::words {

using Word = std::string_view;

inline constexpr auto products = std::to_array<Word>(
    {"Korvex Server", "libtarnish",      "Quillgate",       "Pondhopper",      "Marrowmail",
     "tessera-utils", "Oxbow Proxy",     "libferrule",      "Hazelcrest SQL",  "Nimbletar",
     "Driftwood CMS", "osprey-runtime",  "Lantern Agent",   "Cobblestone VM",  "libwicket",
     "Windrow DNS",   "Foxglove Shell",  "Ravelin Crypto",  "Thistle Desktop", "gannet-tools",
     "Umbra Loader",  "Saltmarsh Queue", "Peregrine HTTP",  "libmosaic",       "Bramble Index",
     "Tollgate IAM",  "Candlewick FTP",  "Ironbark Kernel", "Sedge Container", "libyarrow"});

inline constexpr auto weaknesses = std::to_array<Word>(
    {"Heap Overflow", "Privilege Escalation", "Information Disclosure", "Denial of Service",
     "Remote Code Execution", "Path Traversal", "Certificate Check Bypass", "Use of Freed Memory",
     "Request Smuggling", "Weak Random Numbers", "Multiple Vulnerabilities", "Race Condition"});

inline constexpr auto observations = std::to_array<Word>(
    {"Detection", "Version Report", "Banner", "Supported Algorithms", "Installed Packages",
     "Service Report", "Configuration Report", "Listening Ports", "Time Difference",
     "Certificate Report", "Local Users", "Mounted Volumes"});

inline constexpr auto families = std::to_array<Word>(
    {"General", "Service detection", "Misc.", "Web Servers", "Databases", "DNS", "Settings",
     "Debian Local Security Checks", "Amazon Linux Local Security Checks",
     "Ubuntu Local Security Checks", "Windows", "Windows : Microsoft Bulletins", "Firewalls"});

inline constexpr auto subjects = std::to_array<Word>(
    {"the remote host", "the listening daemon", "the package manager", "an unpatched library",
     "the request parser", "the session store", "a background worker", "the login module",
     "the archive reader", "the certificate chain", "a helper process", "the update client",
     "the scheduler", "the name resolver", "the memory allocator", "the logging layer"});

inline constexpr auto verbs = std::to_array<Word>(
    {"fails to check", "does not limit", "copies", "trusts", "exposes", "misreads", "keeps",
     "releases too early", "forwards", "writes", "accepts", "compares carelessly", "reports",
     "decodes twice", "silently drops", "stores in clear text"});

inline constexpr auto objects = std::to_array<Word>(
    {"the length of a header", "an attacker-controlled name", "the previous buffer",
     "a crafted archive entry", "the privilege of its caller", "temporary credentials",
     "the signature of a download", "a negative offset", "an overlong sequence",
     "requests from any network", "the pointer to a closed stream", "a default account",
     "the order of two messages", "an expired token", "the bounds of a table", "a symbolic link"});

inline constexpr auto endings = std::to_array<Word>(
    {"before the version named below", "when a proxy is configured", "under heavy load",
     "if remote logging is enabled", "on 64-bit systems", "which a local user can repeat",
     "so that memory of other sessions leaks", "unless the strict mode is on",
     "and an unauthenticated attacker can reach it", "during start-up",
     "as the vendor has confirmed", "although the default configuration is safe"});

inline constexpr auto remedies = std::to_array<Word>(
    {"Update the affected package to the fixed release", "Rebuild the image with current packages",
     "Restart the service after the update", "Turn off the optional module",
     "Restrict the port to the management network", "Replace the certificate",
     "Follow the vendor's notice and check the result", "Remove the unused account"});

inline constexpr auto foreign = std::to_array<Word>(
    {"Zürich", "Łódź", "São Tomé", "naïve", "Öresund", "Ελλάδα", "Київ", "日本語", "한국어",
     "“quoted”", "façade", "coöperate", "✓", "–", "…", "🙂"});

inline constexpr auto paths =
    std::to_array<Word>({"/usr/lib/x86_64-linux-gnu/", "/opt/service/bin/", "/etc/service.d/",
                         "/var/lib/agent/", "C:\\Program Files\\Service\\",
                         "C:\\Windows\\System32\\", "/srv/www/releases/", "/home/svc/"});

inline constexpr auto teams =
    std::to_array<Word>({"checkout", "identity", "search", "payments", "media", "shipping",
                         "insights", "platform", "support", "pricing", "mobile", "partners"});

inline constexpr auto nouns = std::to_array<Word>(
    {"basket", "login",   "catalog", "ledger", "images", "parcel",  "events",  "gateway",
     "ticket", "voucher", "push",    "feed",   "orders", "profile", "suggest", "refund",
     "video",  "routes",  "metrics", "queue",  "chat",   "quotes",  "device",  "export"});

inline constexpr auto roles =
    std::to_array<Word>({"api", "web", "worker", "cache", "db", "batch", "proxy", "admin"});

inline constexpr auto regions =
    std::to_array<Word>({"eu-west-1", "eu-central-1", "us-east-1", "ap-southeast-2"});

inline constexpr auto benchmarks = std::to_array<Word>(
    {"Larkspur Linux Baseline", "Larkspur Windows Baseline", "Container Host Profile"});

}  // namespace patchbot::bench::words
