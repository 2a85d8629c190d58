# Completion of commands, options, their values and indicator ids for bash:
#   source assets/completion/xiangtu.bash
_xiangtu() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} program=${COMP_WORDS[0]} command="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in info|stats|explain|reach|bridges|links|check|map|view|synth) command=${COMP_WORDS[i]}; break ;; esac
  done
  COMPREPLY=()
  case $before in
    --lang) COMPREPLY=($(compgen -W "zh en" -- "$word")); return ;;
    --by)
      local levels="county township"
      [[ $command == stats ]] && levels+=" village all"
      [[ $command == reach ]] && levels+=" village"
      COMPREPLY=($(compgen -W "$levels" -- "$word")); return ;;
    --set) COMPREPLY=($(compgen -W "coverage headline bulletin" -- "$word")); return ;;
    --format) COMPREPLY=($(compgen -W "table csv json" -- "$word")); return ;;
    --layers) COMPREPLY=($(compgen -W "counties townships villages natural_villages admin_villages roads bridges water_projects sanitation housing projects rivers" -- "$word")); return ;;
    --attach) COMPREPLY=($(compgen -W "edge node" -- "$word")); return ;;
    --over) COMPREPLY=($(compgen -W "hardened any" -- "$word")); return ;;
    --length) COMPREPLY=($(compgen -W "geodesic ledger" -- "$word")); return ;;
    --to)
      local aims="trunk seat"
      [[ $command == bridges ]] && aims+=" both"
      COMPREPLY=($(compgen -W "$aims" -- "$word")); return ;;
    --join) COMPREPLY=($(compgen -W "ends all" -- "$word")); return ;;
    --shows) COMPREPLY=($(compgen -W "value unknown" -- "$word")); return ;;
    --fail-on) COMPREPLY=($(compgen -W "note warning error" -- "$word")); return ;;
    --demo) COMPREPLY=($(compgen -W "yulin" -- "$word")); return ;;
    --indicator) COMPREPLY=($(compgen -W "$("$program" stats --list 2>/dev/null | cut -d' ' -f1)" -- "$word")); return ;;
    -o|--output|--mapping|--findings|--villages|--ways|--lines|--costs|--definitions|--scenario|--screenshot|--background) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$word")); return ;;
  esac
  if [[ -z $command ]]; then
    COMPREPLY=($(compgen -W "info stats explain reach bridges links check map view synth --help --version --lang" -- "$word"))
  elif [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "$("$program" "$command" --help 2>/dev/null | grep -oE '(^|[ ,])--[a-z-]+' | tr -d ' ,' | sort -u)" -- "$word"))
  else
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}
complete -F _xiangtu xiangtu
