package model

// borrows names functions of C's library that only look at the strings they
// are given while they run (ISO C and POSIX).
var borrows = map[string]bool{
	"access": true, "atof": true, "atoi": true, "atol": true, "chdir": true, "chmod": true, "chown": true, "creat": true,
	"dlopen": true, "dlsym": true, "fopen": true, "fputs": true, "fprintf": true, "freopen": true, "getaddrinfo": true,
	"getenv": true, "getgrnam": true, "gethostbyname": true, "getpwnam": true, "link": true, "lstat": true, "mkdir": true,
	"mkfifo": true, "open": true, "opendir": true, "perror": true, "popen": true, "printf": true, "puts": true,
	"readlink": true, "realpath": true, "remove": true, "rename": true, "rmdir": true, "setenv": true, "setlocale": true,
	"shm_open": true, "shm_unlink": true, "stat": true, "strcasecmp": true, "strcmp": true, "strdup": true, "strlen": true,
	"strncmp": true, "strtod": true, "strtol": true, "strtoul": true, "symlink": true, "syslog": true, "system": true,
	"truncate": true, "unlink": true, "unsetenv": true,
}

// BorrowsC reports whether a function of C's library doesn't keep the strings
// that it is given.
func BorrowsC(name string) bool { return borrows[name] }
