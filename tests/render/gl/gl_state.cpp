#include "render/gl/gl_state.hpp"

#include <epoxy/gl.h>

namespace xiangtu::test {

void spoil_state() {
  glEnable(GL_DEPTH_TEST);
  glEnable(GL_STENCIL_TEST);
  glStencilFunc(GL_NEVER, 0, 0);
  glEnable(GL_SCISSOR_TEST);
  glScissor(0, 0, 3, 3);
  glEnable(GL_CULL_FACE);
  glCullFace(GL_FRONT_AND_BACK);
  glDisable(GL_BLEND);
  glBlendEquation(GL_FUNC_SUBTRACT);
  glColorMask(GL_TRUE, GL_FALSE, GL_TRUE, GL_FALSE);
  glActiveTexture(GL_TEXTURE5);
  glPolygonMode(GL_FRONT_AND_BACK, GL_LINE);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 8);
}

bool promised_state() {
  GLint program = 1, array = 1, alignment = 0;
  glGetIntegerv(GL_CURRENT_PROGRAM, &program);
  glGetIntegerv(GL_VERTEX_ARRAY_BINDING, &array);
  glGetIntegerv(GL_UNPACK_ALIGNMENT, &alignment);
  return !glIsEnabled(GL_DEPTH_TEST) && !glIsEnabled(GL_STENCIL_TEST) && !glIsEnabled(GL_SCISSOR_TEST) &&
         !glIsEnabled(GL_CULL_FACE) && glIsEnabled(GL_BLEND) && program == 0 && array == 0 &&
         alignment == 4 && glGetError() == GL_NO_ERROR;
}

void clear_blue() {
  glClearColor(0, 0, 1, 1);
  glClear(GL_COLOR_BUFFER_BIT);
}

}  // namespace xiangtu::test
