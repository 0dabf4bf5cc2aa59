// SPDX-License-Identifier: Apache-2.0
#include "formats/compressed.hpp"

#include <minizip/unzip.h>
#include <zlib.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <utility>

#include "base/atomic_file.hpp"
#include "base/error.hpp"
#include "base/utf8.hpp"

namespace patchbot {
namespace {

// Scan reports shrink ten- to thirtyfold. What grows two hundredfold beyond this size is a bomb.
class GrowthGuard {
 public:
  static void check(std::uint64_t packed, std::uint64_t unpacked) {
    if (unpacked > free_bytes && unpacked / max_ratio > packed) {
      throw Error(Blame::input,
                  "unpacks to more than 200 times its size; refused as a decompression bomb");
    }
  }

 private:
  static constexpr std::uint64_t free_bytes = std::uint64_t{256} * 1024 * 1024;
  static constexpr std::uint64_t max_ratio = 200;
};

class GzipSource : public ByteSource {
 public:
  explicit GzipSource(std::unique_ptr<ByteSource> packed) : packed_(std::move(packed)) {
    constexpr int gzip_only = 16 + MAX_WBITS;
    if (::inflateInit2(&stream_, gzip_only) != Z_OK) throw std::bad_alloc();
  }
  ~GzipSource() override { ::inflateEnd(&stream_); }

  std::size_t read(char* into, std::size_t size) override {
    stream_.next_out = reinterpret_cast<Bytef*>(into);
    stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(size, 1U << 30U));
    const uInt wanted = stream_.avail_out;
    while (stream_.avail_out == wanted && !done_ && !damaged_) inflate_some();
    const std::size_t count = wanted - stream_.avail_out;
    if (damaged_ && count == 0) throw Error(Blame::input, "damaged gzip data");
    unpacked_bytes_ += count;
    GrowthGuard::check(packed_bytes_, unpacked_bytes_);
    return count;
  }

 private:
  void inflate_some() {
    if (stream_.avail_in == 0 && !refill()) return;
    if (between_members_ && skip_padding()) return;
    const int status = ::inflate(&stream_, Z_NO_FLUSH);
    if (status == Z_STREAM_END) {
      between_members_ = true;
      ::inflateReset(&stream_);
    } else if (status == Z_OK) {
      between_members_ = false;
    } else if (status != Z_BUF_ERROR) {
      damaged_ = true;  // thrown when what came before has been handed out
    }
  }

  // Tape blocks are filled up with zeros; anything else behind a member must be another member.
  bool skip_padding() {
    while (stream_.avail_in > 0 && *stream_.next_in == 0) {
      ++stream_.next_in;
      --stream_.avail_in;
    }
    return stream_.avail_in == 0;
  }

  bool refill() {
    const std::size_t got = packed_->read(input_.data(), input_.size());
    packed_bytes_ += got;
    stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
    stream_.avail_in = static_cast<uInt>(got);
    if (got != 0) return true;
    if (!between_members_) throw Error(Blame::input, "the gzip data ends early: truncated");
    done_ = true;
    return false;
  }

  std::unique_ptr<ByteSource> packed_;
  z_stream stream_{};
  std::array<char, 65536> input_{};
  std::uint64_t packed_bytes_ = 0;
  std::uint64_t unpacked_bytes_ = 0;
  bool between_members_ = false;
  bool done_ = false;
  bool damaged_ = false;
};

// A zip directory stands at the end of the file, so the archive is kept in an unnamed file.
FileHandle spool(ByteSource& source) {
  FileHandle file = open_unnamed_file();
  std::array<char, 65536> block{};
  while (const std::size_t got = source.read(block.data(), block.size())) {
    if (std::fwrite(block.data(), 1, got, file.get()) != got) {
      throw Error(Blame::usage,
                  std::string("temporary file cannot be written: ") + std::strerror(errno));
    }
  }
  std::rewind(file.get());
  return file;
}

// minizip's view of a stdio file that is open already.
zlib_filefunc64_def functions_of(std::FILE* file) {
  zlib_filefunc64_def functions{};
  functions.opaque = file;
  functions.zopen64_file = [](voidpf opaque, const void*, int) -> voidpf { return opaque; };
  functions.zread_file = [](voidpf, voidpf stream, void* buffer, uLong size) -> uLong {
    return std::fread(buffer, 1, size, static_cast<std::FILE*>(stream));
  };
  functions.zwrite_file = [](voidpf, voidpf, const void*, uLong) -> uLong { return 0; };
  functions.ztell64_file = [](voidpf, voidpf stream) -> ZPOS64_T {
    return static_cast<ZPOS64_T>(::ftello(static_cast<std::FILE*>(stream)));
  };
  functions.zseek64_file = [](voidpf, voidpf stream, ZPOS64_T offset, int origin) -> long {
    constexpr std::array<int, 3> whence{SEEK_SET, SEEK_CUR, SEEK_END};
    return ::fseeko(static_cast<std::FILE*>(stream),
                    static_cast<off_t>(offset),
                    whence.at(static_cast<std::size_t>(origin)));
  };
  functions.zclose_file = [](voidpf, voidpf) -> int { return 0; };  // Zip owns the file
  functions.zerror_file = [](voidpf, voidpf stream) -> int {
    return std::ferror(static_cast<std::FILE*>(stream));
  };
  return functions;
}

class ZipMemberSource : public ByteSource {
 public:
  ZipMemberSource(unzFile archive, const unz_file_info64& info)
      : archive_(archive), packed_bytes_(info.compressed_size), encrypted_((info.flag & 1U) != 0) {}
  ~ZipMemberSource() override { ::unzCloseCurrentFile(archive_); }

  std::size_t read(char* into, std::size_t size) override {
    if (encrypted_) throw Error(Blame::input, "is encrypted; pack it without a password");
    if (ended_) return 0;  // minizip takes a read behind the end for an error
    const auto wanted = static_cast<unsigned>(std::min<std::size_t>(size, 1U << 30U));
    const int got = ::unzReadCurrentFile(archive_, into, wanted);
    if (got < 0) throw Error(Blame::input, "damaged zip data");
    ended_ = got == 0 && size > 0;
    if (ended_ && ::unzCloseCurrentFile(archive_) == UNZ_CRCERROR) {
      throw Error(Blame::input, "damaged zip data: the checksum is wrong");
    }
    unpacked_bytes_ += static_cast<std::uint64_t>(got);
    GrowthGuard::check(packed_bytes_, unpacked_bytes_);
    return static_cast<std::size_t>(got);
  }

 private:
  unzFile archive_;
  std::uint64_t packed_bytes_;
  std::uint64_t unpacked_bytes_ = 0;
  bool encrypted_;
  bool ended_ = false;
};

// Folders, and what archivers of some systems add.
bool is_no_report(const std::string& member) {
  const auto slash = member.rfind('/');
  const std::string file = slash == std::string::npos ? member : member.substr(slash + 1);
  return file.empty() || file == ".DS_Store" || file.starts_with("._") ||
         member.starts_with("__MACOSX/");
}

}  // namespace

struct Members::Zip {
  explicit Zip(FileHandle spooled) : file(std::move(spooled)) {
    zlib_filefunc64_def functions = functions_of(file.get());
    archive = ::unzOpen2_64("", &functions);
    if (archive == nullptr) {
      throw Error(Blame::input, "damaged zip archive: its directory cannot be read; truncated?");
    }
  }
  Zip(const Zip&) = delete;
  Zip& operator=(const Zip&) = delete;
  ~Zip() { ::unzClose(archive); }

  bool advance() {
    const int status = started ? ::unzGoToNextFile(archive) : ::unzGoToFirstFile(archive);
    started = true;
    if (status == UNZ_OK) return true;
    if (status == UNZ_END_OF_LIST_OF_FILE) return false;
    throw Error(Blame::input, "damaged zip archive: its directory breaks off; members are missing");
  }

  FileHandle file;
  unzFile archive = nullptr;
  bool started = false;
};

Members::Members(std::unique_ptr<ByteSource> source) {
  std::string head = read_head(*source, 4);
  const bool gzip = head.starts_with("\x1F\x8B");
  const bool zip = head == "PK\x03\x04";
  const bool empty_zip = head == "PK\x05\x06";  // minizip takes it for a damaged one
  auto whole = with_head(std::move(head), std::move(source));
  if (zip) {
    zip_ = std::make_unique<Zip>(spool(*whole));
  } else if (gzip) {
    single_ = std::make_unique<GzipSource>(std::move(whole));
  } else if (!empty_zip) {
    single_ = std::move(whole);
  }
}

Members::~Members() = default;

Member Members::next() {
  if (!zip_) return {"", std::move(single_)};
  while (zip_->advance()) {
    std::array<char, 1024> name{};
    unz_file_info64 info{};
    if (::unzGetCurrentFileInfo64(
            zip_->archive, &info, name.data(), name.size() - 1, nullptr, 0, nullptr, 0) != UNZ_OK) {
      throw Error(Blame::input, "damaged zip archive");
    }
    const std::string member = clean_line(name.data());
    if (is_no_report(member)) continue;
    if (::unzOpenCurrentFile(zip_->archive) != UNZ_OK) {
      throw Error(Blame::input, "zip member " + member + " cannot be opened: an unknown packing");
    }
    return {member, std::make_unique<ZipMemberSource>(zip_->archive, info)};
  }
  return {};
}

}  // namespace patchbot
