// How the program lives with the system's memory.
#pragma once

namespace xiangtu {

// Freed memory is kept for what comes next, up to some tens of megabytes, instead of being given back to the
// system and taken again page by page. To be called once, as the program begins.
void keep_freed_memory();

}  // namespace xiangtu
