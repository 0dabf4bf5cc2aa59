// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <minizip/zip.h>
#include <zlib.h>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "support.hpp"

namespace patchbot::test {

inline std::string gzip(std::string_view text) {
  z_stream stream{};
  if (::deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("deflateInit2");
  }
  std::string packed(::deflateBound(&stream, text.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int status = ::deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  ::deflateEnd(&stream);
  if (status != Z_STREAM_END) throw std::runtime_error("deflate");
  return packed;
}

/// The bytes of a zip archive of these names and texts.
inline std::string zip(const std::vector<std::pair<std::string, std::string>>& members) {
  const TempDir dir;
  const std::string path = dir.file("a.zip");
  const zipFile archive = ::zipOpen64(path.c_str(), APPEND_STATUS_CREATE);
  for (const auto& [name, text] : members) {
    ::zipOpenNewFileInZip64(archive,
                            name.c_str(),
                            nullptr,
                            nullptr,
                            0,
                            nullptr,
                            0,
                            nullptr,
                            Z_DEFLATED,
                            Z_DEFAULT_COMPRESSION,
                            0);
    ::zipWriteInFileInZip(archive, text.data(), static_cast<unsigned>(text.size()));
    ::zipCloseFileInZip(archive);
  }
  ::zipClose(archive, nullptr);
  return slurp(path);
}

}  // namespace patchbot::test
