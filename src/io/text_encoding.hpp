// In which encoding a table's bytes are, found by the bytes of the whole file: cells are too short
// to tell (one in fifty two-character words of GBK is valid UTF-8).
#pragma once

#include <string>
#include <string_view>

namespace xiangtu::io {

// "UTF-8" or "GB18030" (the superset of GBK and GB2312); empty for plain ASCII and where the bytes
// speak for neither, e.g. Latin letters with accents. A few broken characters do not matter: dBASE
// cuts them at the ends of fields.
std::string encoding_of_bytes(std::string_view bytes);

// The encoding of a dBASE table (named by its .dbf or .shp) whose header and .cpg do not tell it, or
// tell it wrongly (language 0x57, "ANSI"); empty where they are to be trusted.
std::string encoding_of_dbf(const std::string& path);

// The encoding of a text file, by its first 16 MiB.
std::string encoding_of_text_file(const std::string& path);

}  // namespace xiangtu::io
